package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.spec.RunIf;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes of steps that there are. What would silently change what others do is refused. */
final class Editing {
  private final FlowDraft draft;
  private final Meanings meanings;
  private final Findings findings;
  private final StepMaker maker;

  Editing(FlowDraft draft, Meanings meanings, Findings findings, StepMaker maker) {
    this.draft = draft;
    this.meanings = meanings;
    this.findings = findings;
    this.maker = maker;
  }

  /** What waited for a removed step waits for what that one waited for. */
  void remove(Clause.Remove clause) {
    List<String> ids = meanings.present(clause.steps(), Form.REMOVE);
    for (String id : ids) {
      draft.step(id).ifPresent(step -> remove(step, ids));
    }
    if (draft.steps.isEmpty() && !ids.isEmpty()) {
      findings.refused("a flow has at least one step");
    }
  }

  private void remove(StepDraft removed, List<String> all) {
    for (StepDraft step : draft.downstream(removed.id)) {
      boolean stays = !all.contains(step.id);
      if (stays && step.references("tasks").contains(removed.id)) {
        findings.refused(step.id + " uses the output of " + removed.id);
      } else if (stays && step.onlyOnFailure()) {
        findings.refused(step.id + " runs if " + removed.id + " fails: remove that first");
      }
      int place = step.dependsOn.indexOf(removed.id);
      if (place >= 0) {
        Set<String> inherited = new LinkedHashSet<>(step.dependsOn.subList(0, place));
        inherited.addAll(removed.dependsOn);
        inherited.addAll(step.dependsOn.subList(place + 1, step.dependsOn.size()));
        step.dependsOn.clear();
        step.dependsOn.addAll(inherited);
      }
    }
    if (draft.outputReferences().contains(removed.id)) {
      findings.refused("the flow's outputs use " + removed.id);
    }
    draft.steps.remove(removed);
    draft.onFailure.remove(removed);
  }

  void rename(Clause.Rename clause) {
    meanings
        .present(List.of(clause.step()), Form.RENAME)
        .forEach(
            id -> {
              if (draft.step(clause.name().text()).isPresent()) {
                findings.refused("there is a step " + clause.name().text() + " already");
              } else {
                draft.rename(id, clause.name().text());
              }
            });
  }

  void change(Clause.Change clause) {
    for (String id : meanings.present(List.of(clause.step()), Form.CHANGE_COMMAND)) {
      draft.step(id).ifPresent(step -> step.work = maker.changed(clause.doing()));
    }
  }

  /** Says of steps that there are when they run. */
  void place(Clause.Place clause) {
    for (String id : meanings.present(clause.steps(), Form.RUN_AFTER)) {
      draft.step(id).ifPresent(step -> place(step, clause.addition()));
    }
  }

  private void place(StepDraft step, Addition addition) {
    switch (addition) {
      case Addition.After after -> follow(step, meanings.steps(after.steps(), Form.RUN_AFTER));
      case Addition.OnlyIf onlyIf when onlyIf.condition() instanceof Condition.Ended ended -> {
        follow(step, meanings.steps(List.of(ended.step()), Form.RUN_IF));
        boolean failed = ended.failed() != onlyIf.negated();
        step.runIf = failed ? RunIf.ONE_FAILED : RunIf.ALL_SUCCESS;
        if (failed && step.upstream().size() > 1) {
          findings.refused(startedByOthers(step));
        }
      }
      case Addition.OnlyIf onlyIf -> condition(step, onlyIf);
      case Addition.Always _ -> step.runIf = RunIf.ALL_DONE;
      default ->
          findings.unclear(addition.span(), "this is said of new steps only", Form.RUN_AFTER);
    }
  }

  /** It would run when any of the steps it follows fails, not only the one that was said. */
  static String startedByOthers(StepDraft step) {
    return step.id
        + " follows "
        + String.join(" and ", step.upstream())
        + ", and would run if any of them fails";
  }

  private void condition(StepDraft step, Addition.OnlyIf onlyIf) {
    step.when.ifPresent(old -> findings.note("the condition of " + step.id + " was " + old));
    step.when = maker.condition(onlyIf, Optional.empty());
  }

  private void follow(StepDraft step, List<String> ids) {
    for (String id : ids) {
      if (draft.follows(id, step.id)) {
        findings.refused(
            id.equals(step.id) ? id + " can't follow itself" : id + " runs after " + step.id);
      }
    }
    step.after(ids);
  }

  /** They follow what any of them followed, and what followed any of them follows all. */
  void parallel(Clause.MakeParallel clause) {
    List<String> ids = meanings.present(clause.steps(), Form.MAKE_PARALLEL);
    List<StepDraft> steps = ids.stream().flatMap(id -> draft.step(id).stream()).toList();
    if (ids.size() < clause.steps().size()) {
      return;
    }
    if (steps.size() < 2) {
      findings.unclear(clause.span(), "in parallel with what?", Form.MAKE_PARALLEL);
      return;
    }
    Set<String> before = new LinkedHashSet<>();
    for (StepDraft step : steps) {
      step.dependsOn.stream().filter(id -> !ids.contains(id)).forEach(before::add);
    }
    boolean chained = chained(before, ids);
    if (!chained
        && steps.stream().noneMatch(step -> step.dependsOn.stream().anyMatch(ids::contains))) {
      findings.refused(String.join(" and ", ids) + " run in parallel already");
    }
    steps.forEach(step -> refuseWhatIsLost(step, ids));
    List<StepDraft> after =
        ids.stream().flatMap(id -> draft.downstream(id).stream()).distinct().toList();
    after.stream().filter(step -> !ids.contains(step.id)).forEach(step -> followAll(step, ids));
    for (StepDraft step : steps) {
      step.dependsOn.clear();
      step.dependsOn.addAll(before);
    }
  }

  /** A step between two of them would have to run before and after. */
  private boolean chained(Set<String> before, List<String> ids) {
    for (String between : before) {
      for (String id : ids) {
        if (draft.follows(between, id)) {
          findings.refused(between + " runs between them: it follows " + id);
          return true;
        }
      }
    }
    return false;
  }

  private void refuseWhatIsLost(StepDraft step, List<String> ids) {
    Set<String> used = step.references("tasks");
    used.retainAll(ids);
    if (!used.isEmpty()) {
      findings.refused(step.id + " uses the output of " + String.join(" and ", used));
    } else if (step.onlyOnFailure() && step.dependsOn.stream().anyMatch(ids::contains)) {
      findings.refused(step.id + " runs if another of them fails");
    }
  }

  private static void followAll(StepDraft step, List<String> ids) {
    List<String> all = new ArrayList<>(step.dependsOn);
    int place = 0;
    while (place < all.size() && !ids.contains(all.get(place))) {
      place++;
    }
    all.removeAll(ids);
    if (place <= all.size() && step.dependsOn.stream().anyMatch(ids::contains)) {
      all.addAll(place, ids);
      step.dependsOn.clear();
      step.dependsOn.addAll(all);
    }
  }
}
