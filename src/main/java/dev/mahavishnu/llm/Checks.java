package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Answer.Citation;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.Turn;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Position;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.spec.StrictForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks what a model answered to one request. Nothing reaches a person but through here. */
final class Checks {
  private static final String NAME = "answer";
  private static final int MOST_PROBLEMS = 10;
  private static final Set<String> BARE = Set.of("yes", "no", "ok", "okay", "yes.", "no.", "other");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Surroundings surroundings;
  private final Request request;
  private final StrictForm form;
  private final Reports reports;
  private final List<String> said;
  private final Named named;

  Checks(Surroundings surroundings, Request request, StrictForm form, Reports reports) {
    this.surroundings = surroundings;
    this.request = request;
    this.form = form;
    this.reports = reports;
    this.said =
        Stream.concat(request.before().stream().map(Turn::person), Stream.of(request.own()))
            .toList();
    List<String> known = new ArrayList<>();
    request.draft().ifPresent(draft -> known.add(FlowWriter.json(draft)));
    surroundings.flows().forEach(flow -> known.add(flow.text()));
    this.named = new Named(said, known);
  }

  /** What comes of a reply. */
  Verdict verdict(String reply) {
    Answer answer;
    try {
      answer = new ReplyReader(form).read(reply);
    } catch (UnreadableReply e) {
      return Verdict.Wrong.of(
          "the model's answer can't be used: ", List.of(String.valueOf(e.getMessage())));
    }
    return switch (answer) {
      case Answer.Whole whole -> flow(whole.flow(), whole.because());
      case Answer.Changes changes -> changes(changes);
      case Answer.Asks asks -> question(asks);
      case Answer.Refuses refuses -> new Verdict.Done(new Proposal.Refused(refuses.reason()));
      case Answer.Reports query -> report(query.query());
    };
  }

  private Verdict changes(Answer.Changes changes) {
    if (request.draft().isEmpty()) {
      return Verdict.Wrong.of(
          "the model's answer can't be used: ",
          List.of("there is no draft to edit; answer with the whole flow"));
    }
    ObjectNode tree = (ObjectNode) JSON.readTree(FlowWriter.json(request.draft().get()));
    List<String> problems = new Edits(tree, form).apply(changes.edits());
    return problems.isEmpty()
        ? flow(tree, changes.because())
        : Verdict.Wrong.of("the model's changes do not fit the draft: ", problems);
  }

  private Verdict flow(JsonNode tree, List<Citation> because) {
    if (masks(tree.toString())) {
      return Verdict.Wrong.of(
          "the model's answer can't be used: ",
          List.of(
              "what you see as "
                  + Redactor.MASK
                  + " is a value that you may not see; use edits, and leave its field alone"));
    }
    return switch (surroundings.reader().draft(NAME, tree)) {
      case ReadResult.Invalid invalid -> invalid(invalid.problems(), tree.toPrettyString());
      case ReadResult.Valid valid -> valid(valid.source().flow(), because);
    };
  }

  /** Whether a mask would take the place of a secret that the draft holds. */
  private boolean masks(String answer) {
    return request
        .draft()
        .filter(draft -> Telling.isMasked(draft, surroundings))
        .filter(draft -> count(answer) > count(FlowWriter.json(draft)))
        .isPresent();
  }

  private static int count(String text) {
    return text.split(Pattern.quote(Redactor.MASK), -1).length;
  }

  private Verdict invalid(List<Problem> problems, String text) {
    List<String> lines = text.lines().toList();
    List<String> told = new ArrayList<>();
    for (Problem problem : problems.stream().limit(MOST_PROBLEMS).toList()) {
      Position at = problem.at();
      String line = at.line() <= lines.size() ? lines.get(at.line() - 1).strip() : "";
      told.add("line " + at.line() + ", `" + line + "`: " + words(problem));
    }
    // Its places are in a text that the person never saw.
    String plain =
        String.join("; ", problems.stream().limit(3).map(Checks::words).distinct().toList());
    return new Verdict.Wrong(
        told, new Proposal.Refused("the model found no flow that is valid: " + plain));
  }

  private static String words(Problem problem) {
    return problem.message() + (problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")");
  }

  private Verdict valid(Flow flow, List<Citation> because) {
    List<String> problems = new ArrayList<>();
    if (request.draft().isPresent()) {
      List<Diff> changes = Diff.between(request.draft().get(), flow);
      if (changes.isEmpty()) {
        return Verdict.Wrong.of("", List.of("the model's answer changes nothing in the draft"));
      }
      problems.addAll(new Citations(said).problems(changes, because));
    }
    problems.addAll(named.problems(JSON.readTree(FlowWriter.json(flow))));
    return problems.isEmpty()
        ? new Verdict.Done(new Proposal.Proposed(flow, Notes.of(flow, request)))
        : Verdict.Wrong.of("the model proposed what you did not ask for: ", problems);
  }

  private Verdict question(Answer.Asks asks) {
    List<String> problems = new ArrayList<>();
    for (String choice : asks.choices()) {
      if (BARE.contains(choice.toLowerCase(Locale.ROOT))) {
        problems.add("the choice \"" + choice + "\" must make sense behind the request, alone");
      }
    }
    String all = asks.text() + " " + String.join(" ", asks.choices());
    named.hosts(all).forEach(host -> problems.add("nobody named the host " + host));
    if (!problems.isEmpty()) {
      return Verdict.Wrong.of("the model asked what can't be asked: ", problems);
    }
    // The request stays as it is in front, so that the files in it keep their places.
    return new Verdict.Done(
        new Proposal.Question(
            asks.text(),
            asks.choices().stream()
                .map(choice -> new Proposal.Choice(choice, request.text() + "\n" + choice))
                .toList()));
  }

  private Verdict report(ObjectNode query) {
    try {
      return new Verdict.Done(reports.answer(query));
    } catch (IllegalArgumentException e) {
      return Verdict.Wrong.of(
          "the model's question about the runs can't be used: ",
          List.of(String.valueOf(e.getMessage())));
    }
  }
}
