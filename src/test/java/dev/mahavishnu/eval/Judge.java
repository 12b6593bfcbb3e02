package dev.mahavishnu.eval;

import dev.mahavishnu.eval.Verdict.Kind;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Compares what a planner made of a request with what is right. */
final class Judge {

  /**
   * What there is when a turn begins.
   *
   * @param draft as the conversation made it
   * @param ids of the draft's tasks, by their names in the case
   * @param heard what was said, and what is there
   */
  record Before(Optional<Flow> draft, Map<String, String> ids, String heard) {}

  private Judge() {}

  static Verdict judge(List<Right> rights, Proposal proposal, Before before) {
    return switch (proposal) {
      case Proposal.Proposed proposed -> flow(rights, proposed, before);
      case Proposal.Question question -> {
        String text = question.text() + " " + question.choices();
        yield words(rights, text, Right.AQuestion.class, Kind.ASKED_RIGHTLY, Kind.ASKED_WRONGLY);
      }
      case Proposal.Refused refused ->
          words(
              rights,
              refused.reason(),
              Right.ARefusal.class,
              Kind.REFUSED_RIGHTLY,
              Kind.REFUSED_WRONGLY);
      case Proposal.Answered answered ->
          words(
              rights,
              answered.text() + " " + answered.table().map(Object::toString).orElse(""),
              Right.AnAnswer.class,
              Kind.ANSWERED_RIGHTLY,
              Kind.ANSWERED_WRONGLY);
      case Proposal.NotUnderstood not ->
          Verdict.of(
              Kind.NOT_UNDERSTOOD,
              not.parts().stream()
                  .map(p -> "`" + p.words() + "`: " + p.why())
                  .collect(Collectors.joining("; ")));
      case Proposal.Invalid invalid -> Verdict.of(Kind.INVALID, lines(invalid.problems()));
      case Proposal.Unavailable unavailable -> Verdict.of(Kind.UNAVAILABLE, unavailable.reason());
      case Proposal.Stopped _ -> Verdict.of(Kind.UNAVAILABLE, "stopped");
    };
  }

  private static String lines(List<Problem> problems) {
    return problems.stream().map(Problem::text).collect(Collectors.joining("; "));
  }

  private static Verdict words(
      List<Right> rights, String text, Class<? extends Right> kind, Kind rightly, Kind wrongly) {
    List<String> words = null;
    for (Right right : rights) {
      if (kind.isInstance(right)) {
        words =
            switch (right) {
              case Right.AQuestion question -> question.words();
              case Right.ARefusal refusal -> refusal.words();
              case Right.AnAnswer answer -> answer.words();
              case Right.AFlow _ -> List.of();
            };
        if (words.isEmpty() || words.stream().anyMatch(w -> TaskRule.has(text, w))) {
          return Verdict.of(rightly);
        }
      }
    }
    String why = words == null ? "" : " (not a word of " + String.join(", ", words) + ")";
    return Verdict.of(wrongly, text + why);
  }

  private static Verdict flow(List<Right> rights, Proposal.Proposed proposed, Before before) {
    Flow flow = proposed.flow();
    List<Problem> problems = Specs.READER.problems(flow);
    if (!problems.isEmpty()) {
      return Verdict.of(Kind.INVALID, lines(problems));
    }
    Optional<Verdict> nearest = Optional.empty();
    boolean adrift = false;
    for (Right right : rights) {
      if (right instanceof Right.AFlow(FlowRule rule)) {
        if (rule.changes() && before.draft.isEmpty()) {
          adrift = true;
          continue;
        }
        Verdict verdict = flow(rule, proposed, before);
        if (nearest.isEmpty() || verdict.why().size() < nearest.get().why().size()) {
          nearest = Optional.of(verdict);
        }
      }
    }
    if (nearest.isEmpty() && adrift) {
      return Verdict.of(Kind.ADRIFT, "nothing to compare with: the draft is another by now");
    }
    return nearest.orElseGet(
        () -> new Verdict(Kind.WRONG, List.of("a flow is not what is right"), own(flow)));
  }

  private static Map<String, String> own(Flow flow) {
    Map<String, String> ids = new HashMap<>();
    Shaped.of(flow).all().forEach(t -> ids.put(t.id(), t.id()));
    return ids;
  }

  private static Verdict flow(FlowRule rule, Proposal.Proposed proposed, Before before) {
    Flow flow = proposed.flow();
    Wanted wanted;
    try {
      wanted = Wanted.of(rule, before.draft, before.ids);
    } catch (IllegalArgumentException e) {
      return Verdict.of(Kind.ADRIFT, String.valueOf(e.getMessage()));
    }
    Shaped shaped = Shaped.of(flow);
    Map<String, String> ids = Matching.of(wanted, shaped);
    List<String> why = new ArrayList<>();
    for (TaskRule task : wanted.tasks()) {
      String id = ids.get(task.name());
      if (id == null) {
        why.add(task.name() + " is missing");
        continue;
      }
      Task is = shaped.all().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
      why.addAll(task.problems(is, before.heard));
      boolean handler = wanted.onFailure().contains(task.name());
      if (handler != shaped.onFailure().contains(is)) {
        why.add(task.name() + (handler ? " should run on failure" : " runs on failure only"));
      }
    }
    shaped.all().stream()
        .filter(t -> !ids.containsValue(t.id()))
        .forEach(t -> why.add("nobody asked for " + t.id() + " (" + TaskRule.text(t) + ")"));
    why.addAll(Matching.edges(wanted, shaped, ids));
    why.addAll(rule.problems(flow, proposed.notes(), before.draft));
    return new Verdict(why.isEmpty() ? Kind.RIGHT : Kind.WRONG, why, ids);
  }
}
