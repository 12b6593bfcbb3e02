package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.spec.RunIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the steps of one group into the draft: the start and the end are those before the group. */
final class Inserting {
  private final FlowDraft draft;
  private final Meanings meanings;
  private final Findings findings;
  private final List<StepDraft> first;
  private final List<String> last;

  Inserting(FlowDraft draft, Meanings meanings, Findings findings) {
    this.draft = draft;
    this.meanings = meanings;
    this.findings = findings;
    this.first = draft.first();
    this.last = draft.last();
  }

  /**
   * @param follows ids of steps that it follows unless it runs because another failed
   */
  void insert(StepDraft step, StepText text, List<String> follows) {
    boolean onFailure = false;
    int index = draft.steps.size();
    for (Addition addition : text.additions()) {
      switch (addition) {
        case Addition.After after -> step.after(meanings.steps(after.steps(), Form.AFTER));
        case Addition.Before before -> index = before(step, before, index);
        case Addition.Between between -> index = between(step, between, index);
        case Addition.AtEnd _ -> step.after(last);
        case Addition.AtStart _ -> {
          first.forEach(f -> f.after(List.of(step.id)));
          index = 0;
        }
        case Addition.Always _ -> step.runIf = RunIf.ALL_DONE;
        case Addition.OnlyIf onlyIf -> onFailure |= ended(step, onlyIf);
        default -> {}
      }
    }
    if (!onFailure) {
      List<String> own = List.copyOf(step.dependsOn);
      step.dependsOn.clear();
      step.after(follows);
      step.after(own);
    }
    if (onFailure && step.upstream().size() > 1) {
      findings.refused(Editing.startedByOthers(step));
    }
    if (step.runIf == RunIf.ALL_DONE && step.dependsOn.isEmpty()) {
      findings.refused(
          step.id + " follows no step, so that there is nothing it could run in spite of");
    }
    draft.steps.add(index, step);
  }

  /** It comes before these, and after what they came after. */
  private int before(StepDraft step, Addition.Before before, int index) {
    int place = index;
    for (StepDraft target : there(before.steps())) {
      refuseBeforeHandler(target);
      step.after(target.dependsOn);
      target.dependsOn.clear();
      target.dependsOn.add(step.id);
      place = Math.min(place, draft.steps.indexOf(target));
    }
    return place;
  }

  private int between(StepDraft step, Addition.Between between, int index) {
    List<String> first = meanings.steps(List.of(between.first()), Form.ADD);
    step.after(first);
    for (StepDraft second : there(List.of(between.second()))) {
      refuseBeforeHandler(second);
      int place = Math.max(0, second.dependsOn.indexOf(between.first().text()));
      second.dependsOn.removeAll(first);
      second.dependsOn.add(Math.min(place, second.dependsOn.size()), step.id);
      return Math.min(index, draft.steps.indexOf(second));
    }
    return index;
  }

  /** It would no longer run when the same step fails. */
  private void refuseBeforeHandler(StepDraft step) {
    if (step.onlyOnFailure()) {
      findings.refused(
          step.id
              + " runs if "
              + String.join(" or ", step.dependsOn)
              + " fails: nothing can be put before it");
    }
  }

  /** Steps before which another can be put: those that stand already. */
  private List<StepDraft> there(List<Name> names) {
    List<StepDraft> steps = new ArrayList<>();
    for (Name name : names) {
      for (String id : meanings.steps(List.of(name), Form.ADD)) {
        Optional<StepDraft> step = draft.steps.stream().filter(s -> s.id.equals(id)).findFirst();
        step.ifPresentOrElse(
            steps::add, () -> findings.unclear(name.span(), id + " is not there yet", Form.ADD));
      }
    }
    return steps;
  }

  /** How another step ended; whether this one runs because that failed. */
  private boolean ended(StepDraft step, Addition.OnlyIf onlyIf) {
    if (!(onlyIf.condition() instanceof Condition.Ended ended)) {
      return false;
    }
    step.after(meanings.steps(List.of(ended.step()), Form.IF_FAILS));
    boolean failed = ended.failed() != onlyIf.negated();
    step.runIf = failed ? RunIf.ONE_FAILED : step.runIf;
    return failed;
  }
}
