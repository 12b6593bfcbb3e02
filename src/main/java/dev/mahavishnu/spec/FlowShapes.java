package dev.mahavishnu.spec;

import static dev.mahavishnu.spec.Shape.Templates.ALLOWED;
import static dev.mahavishnu.spec.Shapes.CONCURRENCY;
import static dev.mahavishnu.spec.Shapes.DESCRIPTION;
import static dev.mahavishnu.spec.Shapes.DURATION;
import static dev.mahavishnu.spec.Shapes.MAX_NAME;
import static dev.mahavishnu.spec.Shapes.PATH;
import static dev.mahavishnu.spec.Shapes.TASK_ID;
import static dev.mahavishnu.spec.Shapes.TEMPLATE;
import static dev.mahavishnu.spec.Shapes.choice;
import static dev.mahavishnu.spec.Shapes.field;
import static dev.mahavishnu.spec.Shapes.form;
import static dev.mahavishnu.spec.Shapes.list;
import static dev.mahavishnu.spec.Shapes.named;
import static dev.mahavishnu.spec.Shapes.needed;
import static dev.mahavishnu.spec.Shapes.text;

import dev.mahavishnu.spec.Shape.Choice;
import dev.mahavishnu.spec.Shape.Decimal;
import dev.mahavishnu.spec.Shape.Either;
import dev.mahavishnu.spec.Shape.Field;
import dev.mahavishnu.spec.Shape.Flag;
import dev.mahavishnu.spec.Shape.Rule;
import dev.mahavishnu.spec.Shape.Struct;
import dev.mahavishnu.spec.Shape.Text;
import dev.mahavishnu.spec.Shape.Value;
import dev.mahavishnu.spec.Shape.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every field of a flow spec: its name, what may stand there, and what it means. */
final class FlowShapes {
  private static final int MAX_TASKS = 100_000;

  private static final Set<String> COMMON =
      Stream.concat(Stream.of("id", "type"), common().stream().map(Field::name))
          .collect(Collectors.toUnmodifiableSet());

  private FlowShapes() {}

  /** The shape of a flow whose tasks may be of the built-in kinds and these. */
  static Struct flow(List<TaskKind> added) {
    Struct task = task(added);
    return new Struct(
        "a flow",
        List.of(
            needed(
                "flow",
                form(Forms.FLOW_NAME, MAX_NAME),
                "Name of the flow, unique in a workspace."),
            field("description", DESCRIPTION, "What the flow does, for people."),
            field(
                "parameters",
                list(parameter(), 0, 200),
                "Typed inputs, named in expressions as params.NAME."),
            field(
                "secrets",
                list(form(Forms.IDENTIFIER, MAX_NAME), 0, 200),
                "Names of secrets that the tasks may use as secrets.NAME."),
            field("concurrency", CONCURRENCY, "Most task runs at a time in one run."),
            field("timeout", DURATION, "Longest wall time of a run."),
            needed(
                "tasks",
                list(task, 1, MAX_TASKS),
                "The tasks. Order does not matter: a task starts when those it depends on have"
                    + " ended."),
            field(
                "on_failure",
                list(task, 1, 1_000),
                "Tasks that run after all others when the run failed."),
            field(
                "outputs",
                list(named("an output", Forms.KEY), 0, 1_000),
                "Named values of the whole flow; without it the outputs of the tasks that nothing"
                    + " depends on."),
            field("schedules", list(schedule(), 0, 100), "When the flow runs by itself."),
            field(
                "triggers",
                list(trigger(), 0, 100),
                "Other flows after whose runs this one runs by itself.")));
  }

  /** Whether tasks of every kind have this field. */
  static boolean isCommon(String field) {
    return COMMON.contains(field);
  }

  private static Struct parameter() {
    return new Struct(
        "a parameter",
        List.of(
            needed(
                "name", form(Forms.IDENTIFIER, MAX_NAME), "Named in expressions as params.NAME."),
            needed(
                "type",
                new Shape.Type(),
                "Type of its values, as string, integer, date or list<string>."),
            field(
                "default",
                new Value(),
                "Used when none is given; without it the parameter must be given."),
            field("description", DESCRIPTION, "What it is for, for people.")));
  }

  private static Struct schedule() {
    return new Struct(
        "a schedule",
        List.of(
            field(
                "cron",
                text(1, 200),
                "Five fields: minute, hour, day of month, month, day of week."),
            field("every", DURATION, "An interval."),
            field("rrule", text(1, 500), "A recurrence rule of RFC 5545, as FREQ=WEEKLY;BYDAY=MO."),
            field("timezone", text(1, 100), "IANA name of a time zone, UTC by default."),
            field(
                "anchor",
                text(1, 40),
                "The instant that an interval counts from, as 2026-11-22T06:00:00Z."),
            field(
                "day_or",
                new Flag(),
                "Whether day of month and day of week match as either (true, the default) or"
                    + " both.")),
        Rule.OneOf.of("cron", "every", "rrule"),
        new Rule.Needs("anchor", "every"),
        new Rule.Needs("day_or", "cron"));
  }

  private static Struct trigger() {
    return new Struct(
        "a trigger",
        List.of(
            needed("after", form(Forms.FLOW_NAME, MAX_NAME), "Name of the other flow."),
            field(
                "state",
                choice(Arrays.stream(Trigger.Ending.values()).map(Trigger.Ending::text)),
                "How its run must have ended, completed by default."),
            field(
                "parameters",
                list(named("a parameter", Forms.IDENTIFIER), 0, 200),
                "What the run gets, with expressions over the run that ended: run.outputs.NAME,"
                    + " run.params.NAME, run.state, run.id. A parameter that is not named takes the"
                    + " output of its name.")));
  }

  private static Struct task(List<TaskKind> added) {
    Map<String, Struct> kinds = new LinkedHashMap<>(KindShapes.builtIn());
    for (TaskKind kind : added) {
      if (kinds.putIfAbsent(kind.type(), KindShape.of(kind, common())) != null) {
        throw new IllegalArgumentException("two task kinds are called `" + kind.type() + "`");
      }
    }
    List<Field> fields = new ArrayList<>();
    fields.add(
        needed("id", TASK_ID, "Unique in the flow; named in expressions as tasks.ID.output."));
    fields.add(needed("type", new Choice(List.copyOf(kinds.keySet())), types(added)));
    fields.addAll(common());
    List<Rule> rules =
        List.of(
            new Rule.Needs("concurrency", "map"),
            new Rule.Needs("batch", "map"),
            new Rule.Needs("retry_delay", "retries"));
    return new Struct("a task", fields, rules, kinds);
  }

  private static String types(List<TaskKind> added) {
    StringBuilder text = new StringBuilder("What it does. ");
    text.append("shell: a script or a program. python: a file or code. http: a request. ");
    text.append("compute: an expression. flow: another flow. approval: asks a person.");
    added.forEach(k -> text.append(' ').append(k.type()).append(": ").append(k.description()));
    return text.toString();
  }

  private static List<Field> common() {
    Shape delay =
        new Struct(
            "a delay",
            List.of(
                needed("initial", DURATION, "Wait before the first retry."),
                field(
                    "factor", new Decimal(1, 100), "What each wait is multiplied by for the next."),
                field("max", DURATION, "Longest wait, 1h by default."),
                field(
                    "jitter",
                    new Decimal(0, 1),
                    "Part of itself by which a wait is changed at random.")));
    Shape cache =
        new Struct(
            "a cache",
            List.of(
                needed(
                    "key",
                    new Text(1, 1_000, Optional.empty(), ALLOWED),
                    "`inputs`, or a text with expressions."),
                field("expires", DURATION, "Age after which an entry is not used.")));
    Shape output =
        new Struct(
            "an output", List.of(needed("type", new Shape.Type(), "Type of the task's output.")));
    return List.of(
        field("description", DESCRIPTION, "What the task does, for people."),
        field(
            "depends_on",
            list(TASK_ID, 0, 10_000),
            "Tasks that must end first, besides those that expressions name."),
        field(
            "run_if",
            choice(Arrays.stream(RunIf.values()).map(RunIf::text)),
            "Which ends of the tasks it depends on let it run; all_success by default."),
        field("when", TEMPLATE, "An expression; where it is false the task is skipped."),
        field(
            "map",
            new Either(TEMPLATE, list(new Value(), 0, 10_000)),
            "A list, or one expression that gives one: the task runs once for each `item`."),
        field("concurrency", CONCURRENCY, "Most items at a time."),
        field("batch", CONCURRENCY, "Items given to one run of the task; then `item` is a list."),
        field("retries", new Whole(0, 1_000), "Attempts after a first one that failed."),
        field("retry_delay", new Either(DURATION, delay), "Wait before a retry, 1s by default."),
        field("timeout", DURATION, "Longest wall time of an attempt."),
        field(
            "cache",
            new Either(new Choice(List.of(Cache.INPUTS)), cache),
            "Reuse the output across runs: `inputs`, or a key and an expiry."),
        field(
            "env",
            list(named("a variable", Forms.IDENTIFIER), 0, 1_000),
            "Added to the environment of its processes."),
        field(
            "working_dir",
            new Text(1, 1_000, Optional.empty(), ALLOWED),
            "Folder that it works in, relative to the spec."),
        field(
            "tags",
            list(form(Forms.TAG, MAX_NAME), 0, 100),
            "Names that share limits across runs."),
        field(
            "on_crash",
            choice(Arrays.stream(OnCrash.values()).map(OnCrash::text)),
            "What a resume does when the task was running: retry (the default), fail or ask."),
        field(
            "output",
            output,
            "The type of its output, so that expressions are checked against it."),
        field(
            "files",
            list(PATH, 0, 1_000),
            "Files beside the spec that the task is made of: a change in one makes it run again."));
  }
}
