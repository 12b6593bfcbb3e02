package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.offline.Clause.Manner;
import dev.mahavishnu.plan.offline.Clause.Role;
import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.plan.offline.StepText.Doing;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Work;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Carries out the clauses of one request, in their order, on the draft or on a new flow. */
final class Drafting {
  private final Request request;
  private final List<Clause> clauses;
  private final Findings findings;
  private final FlowDraft draft;
  private final boolean change;
  private final Map<StepText, String> ids = new HashMap<>();
  private final Meanings meanings;
  private final StepMaker maker;
  private final Placing placing;
  private final Settings settings;
  private final Editing editing;
  private final Scheduling scheduling;
  private final Notes notes;
  private boolean named;

  private Drafting(Request request, List<Clause> clauses, ZoneId zone) {
    this.request = request;
    this.clauses = clauses;
    this.findings = new Findings(request.text());
    boolean isNew = clauses.stream().anyMatch(Clause.NewFlow.class::isInstance);
    this.change = request.draft().isPresent() && !isNew;
    this.draft = request.draft().filter(_ -> change).map(FlowDraft::new).orElseGet(FlowDraft::new);
    nameSteps();
    this.meanings = new Meanings(draft, Set.copyOf(ids.values()), this::isCommand, findings);
    this.maker = new StepMaker(meanings, findings);
    this.placing = new Placing(draft, meanings, findings, change);
    this.settings = new Settings(draft, meanings, findings);
    this.editing = new Editing(draft, meanings, findings, maker);
    this.scheduling = new Scheduling(draft, findings, zone);
    this.notes = new Notes(request.workspace(), findings);
  }

  private boolean isCommand(String id) {
    boolean made =
        ids.entrySet().stream()
            .anyMatch(e -> e.getValue().equals(id) && e.getKey().doing() instanceof Doing.Run);
    return made || draft.step(id).filter(s -> s.work instanceof Work.Shell).isPresent();
  }

  /** What came of it: a flow that nobody has validated yet, or what stands against one. */
  static Outcome outcome(Request request, List<Clause> clauses, ZoneId zone) {
    Drafting drafting = new Drafting(request, clauses, zone);
    Flow flow = drafting.draft();
    return new Outcome(drafting.findings.instead(), flow, drafting.findings.notes());
  }

  /**
   * A drafted flow.
   *
   * @param instead what to answer; the flow counts only where this is absent
   */
  record Outcome(Optional<Proposal> instead, Flow flow, List<String> notes) {}

  private Flow draft() {
    checkDelays();
    clauses.stream().filter(Clause.Declare.class::isInstance).forEach(this::apply);
    List<Clause> rest =
        new ArrayList<>(clauses.stream().filter(c -> !(c instanceof Clause.Declare)).toList());
    List<Clause> later = new ArrayList<>();
    boolean steps = change;
    for (Clause clause : rest) {
      steps |= clause instanceof Clause.Steps;
      if (!isEarly(clause, steps)) {
        apply(clause);
      } else {
        later.add(clause);
      }
    }
    later.forEach(this::apply);
    notes.fields(meanings.fields(), draft);
    finish();
    return draft.flow();
  }

  /** What is set for steps may be said before the steps: "retry load twice. Run ./load.sh." */
  private boolean isEarly(Clause clause, boolean steps) {
    return switch (clause) {
      case Clause.Retry c -> isEarly(c.target(), steps);
      case Clause.Timeout c -> isEarly(c.target(), steps);
      case Clause.Caching c -> isEarly(c.target(), steps);
      default -> false;
    };
  }

  private boolean isEarly(Clause.Target target, boolean steps) {
    return switch (target) {
      case Clause.Target.Each _ -> !steps;
      case Clause.Target.These these ->
          these.steps().stream()
              .anyMatch(n -> draft.step(n.text()).isEmpty() && ids.containsValue(n.text()));
      case Clause.Target.Whole _ -> false;
    };
  }

  private void finish() {
    if (draft.steps.isEmpty() && findings.instead().isEmpty()) {
      Span all = clauses.getFirst().span().to(clauses.getLast().span());
      findings.unclear(all, "this does not say what to run", Form.RUN);
    }
    Set<String> subflows = draft.subflows();
    if (draft.name.isEmpty() && !draft.steps.isEmpty()) {
      Set<String> taken = new HashSet<>(subflows);
      taken.addAll(request.workspace().flows());
      draft.name = unique(derivedName(), taken);
    } else if (subflows.contains(draft.name)) {
      findings.refused("the flow " + draft.name + " would run itself");
    } else if (named && request.workspace().flows().contains(draft.name)) {
      findings.note("there is a flow " + draft.name + " already: saving this one replaces it");
    }
  }

  private String derivedName() {
    String first = draft.steps.getFirst().id;
    String last = draft.steps.getLast().id;
    String name = draft.steps.size() == 1 ? first : first + "_to_" + last;
    return name.toLowerCase(Locale.ROOT);
  }

  private void apply(Clause clause) {
    switch (clause) {
      case Clause.NewFlow c -> c.name().ifPresent(this::name);
      case Clause.Steps c -> steps(c);
      case Clause.Scheduled c -> scheduling.apply(c);
      case Clause.Retry c -> settings.retry(c);
      case Clause.RetryUnsaid c -> settings.retry(c);
      case Clause.Timeout c -> settings.timeout(c);
      case Clause.Caching c -> settings.cache(c);
      case Clause.Remove c -> editing.remove(c);
      case Clause.RemoveCondition c -> settings.removeCondition(c);
      case Clause.RemoveSchedule _ -> scheduling.remove();
      case Clause.RemoveParameter c -> settings.removeParameter(c);
      case Clause.Rename c -> editing.rename(c);
      case Clause.NameFlow c -> name(c.name());
      case Clause.Describe c -> draft.description = c.text();
      case Clause.Limit c -> draft.concurrency = Optional.of(c.steps());
      case Clause.Declare c -> settings.declare(c);
      case Clause.SetDefault c -> settings.setDefault(c);
      case Clause.UseSecret c -> c.names().forEach(n -> draft.secrets.add(n.text()));
      case Clause.Change c -> {
        editing.change(c);
        draft.step(c.step().text()).ifPresent(notes::files);
      }
      case Clause.MakeParallel c -> editing.parallel(c);
      case Clause.Place c -> editing.place(c);
    }
  }

  private void name(Name name) {
    if (named) {
      findings.unclear(
          name.span(), "the flow has the name " + draft.name + " already", Form.NEW_FLOW);
    }
    named = true;
    draft.name = name.text();
  }

  private void steps(Clause.Steps clause) {
    List<Placing.Made> made = new ArrayList<>();
    for (StepText step : clause.steps()) {
      StepText whole = whole(clause, step);
      StepDraft drafted = maker.make(ids.getOrDefault(step, "step"), whole);
      notes.files(drafted);
      made.add(new Placing.Made(drafted, whole));
    }
    placing.place(clause, made);
  }

  /** A step with what is said of all of its group. */
  private static StepText whole(Clause.Steps clause, StepText step) {
    return new StepText(step.span(), step.doing(), clause.prefix())
        .and(step.additions())
        .and(clause.each());
  }

  /** Names first what was named, so that a derived name never takes one that is given. */
  private void nameSteps() {
    Set<String> taken = new HashSet<>();
    draft.all().forEach(step -> taken.add(step.id));
    List<StepText> steps =
        clauses.stream()
            .filter(Clause.Steps.class::isInstance)
            .flatMap(c -> ((Clause.Steps) c).steps().stream())
            .toList();
    for (StepText step : steps) {
      given(step)
          .forEach(
              name -> {
                if (!taken.add(name.text())) {
                  findings.unclear(
                      name.span(), "there is a step " + name.text() + " already", Form.NAMED);
                }
                ids.putIfAbsent(step, name.text());
              });
    }
    for (StepText step : steps) {
      if (!ids.containsKey(step)) {
        String id = unique(derivedName(step.doing()), taken);
        taken.add(id);
        ids.put(step, id);
      }
    }
  }

  private static Stream<Name> given(StepText step) {
    return step.additions().stream()
        .filter(Addition.Named.class::isInstance)
        .map(a -> ((Addition.Named) a).name());
  }

  private static String derivedName(Doing doing) {
    return switch (doing) {
      case Doing.Run run -> Commands.name(run.command());
      case Doing.Python python -> Commands.fileName(python.file());
      case Doing.Call call -> Commands.requestName(call.method(), call.url());
      case Doing.Approval _ -> "approval";
      case Doing.Subflow flow -> flow.flow().text();
      case Doing.Compute _ -> "computed";
    };
  }

  private static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int i = 2; taken.contains(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  /**
   * "Retry load 3 times, every 10 seconds" may well mean the delay, so a bare interval is not taken
   * for the schedule right after retries.
   */
  private void checkDelays() {
    for (int i = 1; i < clauses.size(); i++) {
      if (clauses.get(i) instanceof Clause.Scheduled s
          && s.manner() == Manner.SAID
          && s.schedule().timing() instanceof ScheduleText.Timing.Every
          && endsInRetries(clauses.get(i - 1))
          && !request
              .text()
              .substring(clauses.get(i - 1).span().end(), s.span().start())
              .matches("(?s).*[.;\n].*")) {
        findings.unclear(
            s.span(),
            "say `… apart` for the time between retries, `schedule it every …` for the schedule",
            Form.STEP_RETRIES);
      }
    }
  }

  private static boolean endsInRetries(Clause clause) {
    return switch (clause) {
      case Clause.Retry _, Clause.RetryUnsaid _ -> true;
      case Clause.Steps steps when !steps.each().isEmpty() ->
          steps.each().getLast() instanceof Addition.Retries;
      case Clause.Steps steps ->
          steps.role() != Role.ON_FAILURE
              && !steps.steps().getLast().additions().isEmpty()
              && steps.steps().getLast().additions().getLast() instanceof Addition.Retries;
      default -> false;
    };
  }
}
