package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Schedule;
import dev.mahavishnu.spec.Trigger;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A flow that is being drafted. */
final class FlowDraft {
  String name;
  String description;
  final List<Parameter> parameters;
  final Set<String> secrets;
  final List<StepDraft> steps;
  final List<StepDraft> onFailure;
  final List<NamedValue> outputs;
  final List<Schedule> schedules;
  private final List<Trigger> triggers;
  Optional<Duration> timeout;
  Optional<Integer> concurrency;

  /** A draft without a step and without a name. */
  FlowDraft() {
    this(Flow.of("", List.of()));
  }

  FlowDraft(Flow flow) {
    name = flow.name();
    description = flow.description();
    parameters = new ArrayList<>(flow.parameters());
    secrets = new LinkedHashSet<>(flow.secrets());
    steps = new ArrayList<>(flow.tasks().stream().map(StepDraft::new).toList());
    onFailure = new ArrayList<>(flow.onFailure().stream().map(StepDraft::new).toList());
    outputs = new ArrayList<>(flow.outputs());
    schedules = new ArrayList<>(flow.schedules());
    triggers = flow.triggers();
    timeout = flow.timeout();
    concurrency = flow.concurrency();
  }

  Flow flow() {
    return new Flow(
        name,
        description,
        parameters,
        List.copyOf(secrets),
        steps.stream().map(StepDraft::task).toList(),
        onFailure.stream().map(StepDraft::task).toList(),
        outputs,
        schedules,
        triggers,
        timeout,
        concurrency);
  }

  /** All steps, failure handlers last. */
  Stream<StepDraft> all() {
    return Stream.concat(steps.stream(), onFailure.stream());
  }

  Optional<StepDraft> step(String id) {
    return all().filter(step -> step.id.equals(id)).findFirst();
  }

  Optional<Parameter> parameter(String parameterName) {
    return parameters.stream().filter(p -> p.name().equals(parameterName)).findFirst();
  }

  /** Steps that wait for this one. */
  List<StepDraft> downstream(String id) {
    return all().filter(step -> step.upstream().contains(id)).toList();
  }

  /** Ids of the steps that nothing waits for. */
  List<String> last() {
    Set<String> waitedFor = new HashSet<>();
    steps.forEach(step -> waitedFor.addAll(step.upstream()));
    return steps.stream().map(step -> step.id).filter(id -> !waitedFor.contains(id)).toList();
  }

  /** Steps that wait for nothing. */
  List<StepDraft> first() {
    return steps.stream().filter(step -> step.upstream().isEmpty()).toList();
  }

  /** Whether {@code later} waits for {@code earlier}, directly or not; a step for itself, too. */
  boolean follows(String later, String earlier) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(later));
    while (!open.isEmpty()) {
      String id = open.removeLast();
      if (id.equals(earlier)) {
        return true;
      }
      if (seen.add(id)) {
        step(id).ifPresent(step -> open.addAll(step.upstream()));
      }
    }
    return false;
  }

  /** Names of the flows that it runs. */
  Set<String> subflows() {
    Set<String> names = new LinkedHashSet<>();
    all()
        .forEach(
            step -> {
              if (step.work instanceof Work.Subflow subflow) {
                subflow.flow().ifPresent(names::add);
              }
            });
    return names;
  }

  /** Whether anything of the flow names a parameter. */
  boolean uses(String parameterName) {
    return all().anyMatch(step -> step.references("params").contains(parameterName))
        || outputs.stream()
            .flatMap(o -> texts(o).stream())
            .flatMap(text -> References.inTemplate(text, "params"))
            .anyMatch(parameterName::equals);
  }

  /** Ids of steps that the outputs of the flow name. */
  Set<String> outputReferences() {
    Set<String> ids = new LinkedHashSet<>();
    outputs.forEach(
        o -> texts(o).forEach(t -> References.inTemplate(t, "tasks").forEach(ids::add)));
    return ids;
  }

  private static List<String> texts(NamedValue value) {
    List<String> texts = new ArrayList<>();
    TaskTexts.map(
        value.value(),
        text -> {
          texts.add(text);
          return text;
        });
    return texts;
  }

  /** Gives a step another id, wherever it is named. */
  void rename(String from, String to) {
    steps.replaceAll(step -> step.renamed(from, to));
    onFailure.replaceAll(step -> step.renamed(from, to));
    outputs.replaceAll(
        o ->
            new NamedValue(
                o.name(),
                TaskTexts.map(
                    o.value(), text -> References.renamedInTemplate(text, "tasks", from, to))));
  }
}
