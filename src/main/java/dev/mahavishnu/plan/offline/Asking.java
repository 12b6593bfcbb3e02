package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.Proposal.Choice;
import java.util.List;
import java.util.Locale;

/** What to ask where steps can stand in more than one way; each answer is a request that can't. */
final class Asking {
  private final Findings findings;

  Asking(Findings findings) {
    this.findings = findings;
  }

  void where(Clause.Steps clause, String id) {
    int end = clause.layout().span().end();
    findings.question(
        "where does " + id + " go?",
        List.of(
            findings.choice("at the end", end, end, " at the end"),
            findings.choice("at the start", end, end, " at the start"),
            findings.choice("beside the others", end, end, " in parallel")));
  }

  void order(Clause.Steps clause) {
    findings.question(
        "one after the other, or in parallel?",
        List.of(
            linked(clause, "one after the other", "then"),
            linked(clause, "in parallel", "meanwhile")));
  }

  private Choice linked(Clause.Steps clause, String label, String word) {
    int start = clause.span().start();
    String first = findings.text().substring(start, start + 1);
    boolean upper = Character.isUpperCase(first.charAt(0));
    String link = upper ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word;
    return findings.choice(label, start, start + 1, link + " " + first.toLowerCase(Locale.ROOT));
  }

  void whetherNew(Clause.Steps clause) {
    findings.firstQuestion(
        "at the end of the draft, or as a new flow?",
        List.of(
            linked(clause, "at the end", "then"),
            findings.choice("a new flow", 0, 0, "new flow: ")));
  }

  void together(Clause.Steps clause) {
    List<StepText> steps = clause.steps();
    StringBuilder sequence = new StringBuilder(steps.getFirst().span().of(findings.text()));
    for (StepText step : steps.subList(1, steps.size())) {
      sequence.append(" then ").append(step.span().of(findings.text()));
    }
    int start = steps.getFirst().span().start();
    int end = steps.getLast().span().end();
    findings.question(
        "one after the other, or in parallel?",
        List.of(
            findings.choice("one after the other", start, end, sequence.toString()),
            findings.choice("in parallel", end, end, " in parallel")));
  }
}
