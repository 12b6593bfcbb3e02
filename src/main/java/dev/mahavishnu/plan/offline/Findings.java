package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Proposal.Choice;
import dev.mahavishnu.plan.Proposal.Unclear;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands against a proposal, and what the person should know of it. Drafting goes on after a
 * finding, so that all unknown names are told at once; what it drafts then is thrown away.
 */
final class Findings {
  private final String text;
  private final List<Unclear> unclear = new ArrayList<>();
  private final Set<String> refusals = new LinkedHashSet<>();
  private final List<Proposal.Question> questions = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();

  Findings(String text) {
    this.text = text;
  }

  /** The request, which questions edit. */
  String text() {
    return text;
  }

  void unclear(Span span, String why, Form form) {
    unclear.add(
        new Unclear(span.start(), span.end(), span.of(text), why, form.syntax(), form.example()));
  }

  void refused(String reason) {
    refusals.add(reason);
  }

  void question(String question, List<Choice> choices) {
    questions.add(new Proposal.Question(question, choices));
  }

  /** Asks this before anything else: the answers to the others may depend on it. */
  void firstQuestion(String question, List<Choice> choices) {
    questions.addFirst(new Proposal.Question(question, choices));
  }

  void note(String note) {
    notes.add(note);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** The request with other words between two offsets. */
  Choice choice(String label, int start, int end, String words) {
    return new Choice(label, text.substring(0, start) + words + text.substring(end));
  }

  /** What to answer instead of a flow: words not understood before anything else. */
  Optional<Proposal> instead() {
    if (!unclear.isEmpty()) {
      List<Unclear> sorted =
          unclear.stream().distinct().sorted(Comparator.comparingInt(Unclear::start)).toList();
      return Optional.of(new Proposal.NotUnderstood(sorted));
    }
    if (!refusals.isEmpty()) {
      return Optional.of(new Proposal.Refused(String.join("; ", refusals)));
    }
    return questions.isEmpty() ? Optional.empty() : Optional.of(questions.getFirst());
  }
}
