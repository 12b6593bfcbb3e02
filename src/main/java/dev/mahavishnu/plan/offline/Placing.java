package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Clause.Order;
import dev.mahavishnu.plan.offline.Clause.Role;
import dev.mahavishnu.plan.offline.StepText.Addition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts new steps where the request says: what they follow, and what follows them. */
final class Placing {
  private final FlowDraft draft;
  private final Meanings meanings;
  private final Findings findings;
  private final Asking ask;
  private final boolean change;

  /** The steps said last; what comes "then" follows them. */
  private List<String> last = List.of();

  private List<String> beforeLast = List.of();
  private boolean any;
  private boolean lastOnFailure;

  /**
   * @param change whether the draft was there before the request
   */
  Placing(FlowDraft draft, Meanings meanings, Findings findings, boolean change) {
    this.draft = draft;
    this.meanings = meanings;
    this.findings = findings;
    this.ask = new Asking(findings);
    this.change = change;
  }

  /** A step that was made, with everything that is said of it. */
  record Made(StepDraft step, StepText text) {}

  void place(Clause.Steps clause, List<Made> made) {
    if (clause.role() == Role.ON_FAILURE) {
      onFailure(clause, made);
      return;
    }
    if (clause.layout().together() == Clause.Together.SEQUENCE) {
      sequence(clause, made);
      return;
    }
    boolean placed = made.stream().allMatch(m -> isPlaced(m.text()));
    List<String> follows = follows(clause, made, placed);
    together(clause, made, placed);
    Inserting inserting = new Inserting(draft, meanings, findings);
    for (Made m : made) {
      inserting.insert(m.step(), m.text(), follows);
      noteOnce(m.step());
    }
    boolean meanwhile = clause.link().order() == Order.MEANWHILE;
    List<String> ids = new ArrayList<>(meanwhile ? last : List.of());
    made.forEach(m -> ids.add(m.step().id));
    last = ids;
    beforeLast = follows;
    lastOnFailure = made.stream().anyMatch(m -> m.step().onlyOnFailure());
    any = true;
  }

  /** One after the other: as if each but the first were said with "then". */
  private void sequence(Clause.Steps clause, List<Made> made) {
    if (made.size() == 1) {
      findings.unclear(clause.layout().span(), "one after which other?", Form.SEQUENCE);
    } else if (ambiguous(clause)) {
      return;
    }
    Clause.Link link = clause.link();
    for (Made m : made) {
      place(clause.only(m.text(), link), List.of(m));
      link = new Clause.Link(Order.THEN, clause.layout().span());
    }
  }

  private void onFailure(Clause.Steps clause, List<Made> made) {
    if (made.size() > 1 && !clause.layout().parallel()) {
      findings.unclear(
          made.get(1).text().span(),
          "what runs on failure runs side by side: say `in parallel`",
          Form.PARALLEL);
    }
    for (Made m : made) {
      m.text().additions().stream()
          .filter(Placing::isPlace)
          .forEach(
              a -> findings.unclear(a.span(), "it runs on failure, not here", Form.ON_FAILURE));
      draft.onFailure.add(m.step());
    }
    lastOnFailure = true;
  }

  /** What steps follow because of the words between them and what was said before. */
  private List<String> follows(Clause.Steps clause, List<Made> made, boolean placed) {
    return switch (clause.link().order()) {
      case THEN -> then(clause);
      case MEANWHILE -> meanwhile(clause);
      case FIRST -> {
        if (any || change) {
          findings.unclear(clause.link().span(), "other steps come before", Form.THEN);
        }
        yield List.of();
      }
      case NONE -> {
        if (!placed) {
          unplaced(clause, made);
        }
        yield List.of();
      }
    };
  }

  private List<String> then(Clause.Steps clause) {
    if (lastOnFailure) {
      findings.unclear(
          clause.link().span(),
          "after a step that runs on failure, say which step this one follows",
          Form.AFTER);
    }
    List<String> before = any ? last : draft.last();
    if (before.isEmpty()) {
      findings.unclear(clause.link().span(), "no step comes before", Form.THEN);
    }
    return before;
  }

  private List<String> meanwhile(Clause.Steps clause) {
    if (!any) {
      findings.unclear(clause.link().span(), "no step comes before", Form.PARALLEL);
    }
    return beforeLast;
  }

  private void unplaced(Clause.Steps clause, List<Made> made) {
    if (clause.role() == Role.ADDED) {
      if (!clause.layout().parallel() && (any || change)) {
        ask.where(clause, made.getFirst().step().id);
      }
    } else if (any) {
      ask.order(clause);
    } else if (change) {
      ask.whetherNew(clause);
    }
  }

  /** Steps in one breath run in parallel, each has its own place, or the person is asked. */
  private void together(Clause.Steps clause, List<Made> made, boolean placed) {
    boolean parallel = clause.layout().parallel();
    if (made.size() == 1) {
      if (parallel && clause.role() != Role.ADDED) {
        findings.unclear(clause.layout().span(), "in parallel with what?", Form.PARALLEL);
      }
      return;
    }
    if (!ambiguous(clause) && !parallel && !placed) {
      ask.together(clause);
    }
  }

  /** What is said after the last of several steps: is it of that one, or of each? */
  private boolean ambiguous(Clause.Steps clause) {
    List<StepText> steps = clause.steps();
    boolean others =
        steps.subList(0, steps.size() - 1).stream()
            .flatMap(s -> s.additions().stream())
            .anyMatch(a -> !isOwn(a));
    Optional<Addition> loose =
        steps.getLast().additions().stream().filter(a -> !isOwn(a)).findFirst();
    if (others || loose.isEmpty() || steps.getLast().hasVerb()) {
      return false;
    }
    Span span = loose.orElseThrow().span().to(steps.getLast().additions().getLast().span());
    findings.unclear(
        span,
        "this could be of the last step or of each: name that step first, or say `in parallel,"
            + " each …`",
        Form.PARALLEL);
    return true;
  }

  /** What can only be of the step it stands by. */
  private static boolean isOwn(Addition addition) {
    return addition instanceof Addition.Named
        || addition instanceof Addition.Header
        || addition instanceof Addition.Body
        || addition instanceof Addition.Expecting;
  }

  private void noteOnce(StepDraft step) {
    Set<String> mapped = new LinkedHashSet<>();
    for (String id : step.dependsOn) {
      draft.step(id).filter(d -> d.map.isPresent()).ifPresent(d -> mapped.add(d.id));
    }
    if (step.map.isEmpty() && !mapped.isEmpty() && !change) {
      findings.note(step.id + " runs once, after all of " + String.join(" and ", mapped));
    }
  }

  private static boolean isPlaced(StepText text) {
    return text.additions().stream().anyMatch(Placing::isPlace);
  }

  private static boolean isPlace(Addition addition) {
    return switch (addition) {
      case Addition.After _, Addition.Before _, Addition.Between _ -> true;
      case Addition.AtEnd _, Addition.AtStart _ -> true;
      case Addition.OnlyIf onlyIf ->
          onlyIf.condition() instanceof Condition.Ended ended && ended.failed() != onlyIf.negated();
      default -> false;
    };
  }
}
