package dev.mahavishnu.view;

import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.OnCrash;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Retry;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Schedule;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Trigger;
import dev.mahavishnu.spec.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A flow as an outline for people. */
public final class FlowView {
  private final Palette palette;
  private final int width;

  /**
   * @param width cells of a line
   */
  public FlowView(Palette palette, int width) {
    this.palette = palette;
    this.width = width;
  }

  /** The whole flow: what it takes, when it runs, its tasks. */
  public List<String> lines(Flow flow, FlowGraph graph) {
    List<Line> lines = new ArrayList<>();
    Line head = new Line().add(Tone.TITLE, flow.name());
    lines.add(flow.description().isEmpty() ? head : head.add("  " + flow.description()));
    about(flow).forEach(lines::add);
    section(lines, "parameters", flow.parameters(), FlowView::parameter);
    section(lines, "schedules", flow.schedules(), s -> new Line().add("  " + schedule(s)));
    section(lines, "triggers", flow.triggers(), t -> new Line().add("  " + trigger(t)));
    lines.add(new Line().add(Tone.QUIET, "tasks"));
    lines.addAll(tasks(flow.tasks(), graph, Optional.empty()));
    if (!flow.onFailure().isEmpty()) {
      lines.add(new Line().add(Tone.QUIET, "on failure"));
      lines.addAll(tasks(flow.onFailure(), graph, Optional.empty()));
    }
    section(
        lines,
        "outputs",
        flow.outputs(),
        o -> new Line().add("  " + o.name() + " = ").add(json(o.value())));
    return render(lines);
  }

  /**
   * What a run would do: every parameter with its value, then the tasks in an order in which they
   * may run.
   */
  public List<String> plan(Flow flow, FlowGraph graph, JsonNode parameters) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line()
            .add(Tone.TITLE, flow.name())
            .add("  " + flow.tasks().size() + ProgressLines.plural(flow.tasks().size(), " task")));
    about(flow).forEach(lines::add);
    List<Map.Entry<String, JsonNode>> values = List.copyOf(parameters.properties());
    section(
        lines,
        "parameters",
        values,
        v -> new Line().add("  " + v.getKey() + " = ").add(Tone.GOOD, v.getValue().toString()));
    lines.add(new Line().add(Tone.QUIET, "tasks, in order"));
    List<Task> ordered = graph.order().stream().flatMap(id -> flow.task(id).stream()).toList();
    List<Task> tasks = ordered.stream().filter(flow.tasks()::contains).toList();
    lines.addAll(tasks(tasks, graph, Optional.of(1)));
    if (!flow.onFailure().isEmpty()) {
      lines.add(new Line().add(Tone.QUIET, "if one fails"));
      List<Task> handlers = ordered.stream().filter(flow.onFailure()::contains).toList();
      lines.addAll(tasks(handlers, graph, Optional.of(tasks.size() + 1)));
    }
    return render(lines);
  }

  private List<String> render(List<Line> lines) {
    return lines.stream().map(line -> line.render(palette, width)).toList();
  }

  private static Stream<Line> about(Flow flow) {
    List<String> parts = new ArrayList<>();
    flow.timeout().ifPresent(t -> parts.add("timeout " + Durations.print(t)));
    flow.concurrency().ifPresent(c -> parts.add(c + " at a time"));
    if (!flow.secrets().isEmpty()) {
      parts.add("secrets " + String.join(", ", flow.secrets()));
    }
    return parts.isEmpty()
        ? Stream.empty()
        : Stream.of(new Line().add(Tone.QUIET, String.join("; ", parts)));
  }

  private static <T> void section(
      List<Line> lines, String title, List<T> items, Function<T, Line> line) {
    if (!items.isEmpty()) {
      lines.add(new Line().add(Tone.QUIET, title));
      items.stream().map(line).forEach(lines::add);
    }
  }

  private static Line parameter(Parameter parameter) {
    Line line = new Line().add("  " + parameter.name() + ": " + parameter.type().text());
    parameter.defaultValue().ifPresent(v -> line.add(" = ").add(Tone.GOOD, v.toString()));
    return parameter.description().isEmpty()
        ? line
        : line.add(Tone.QUIET, "  " + parameter.description());
  }

  /** The flow's schedules in words. */
  public static List<String> schedules(Flow flow) {
    return flow.schedules().stream().map(FlowView::schedule).toList();
  }

  private static String schedule(Schedule schedule) {
    String zone = " in " + schedule.timezone();
    return switch (schedule) {
      case Schedule.Cron s -> "cron " + s.cron() + zone + (s.dayOr() ? "" : ", both days must fit");
      case Schedule.Interval s ->
          "every " + Durations.print(s.every()) + s.anchor().map(a -> " from " + a).orElse("");
      case Schedule.RRule s -> s.rule() + zone;
    };
  }

  private static String trigger(Trigger trigger) {
    String ends =
        trigger.state() == Trigger.Ending.ANY
            ? ", however it ended"
            : trigger.state() == Trigger.Ending.COMPLETED ? "" : " " + trigger.state().text();
    String given =
        trigger.parameters().stream()
            .map(p -> p.name() + " = " + json(p.value()))
            .collect(Collectors.joining(", "));
    return "after " + trigger.after() + ends + (given.isEmpty() ? "" : ", with " + given);
  }

  private static List<Line> tasks(List<Task> tasks, FlowGraph graph, Optional<Integer> number) {
    int ids = tasks.stream().mapToInt(t -> Cells.width(t.id())).max().orElse(0);
    int kinds = tasks.stream().mapToInt(t -> Cells.width(t.work().type())).max().orElse(0);
    int digits =
        number.map(first -> String.valueOf(first + tasks.size() - 1).length() + 1).orElse(0);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      int at = i;
      Line line = new Line().add("  ");
      number.ifPresent(first -> line.add(Tone.QUIET, first + at + "", digits));
      lines.add(
          line.add(Tone.TITLE, task.id(), ids)
              .add("  ")
              .add(Tone.ACTIVE, task.work().type(), kinds)
              .add("  " + WorkText.of(task.work())));
      String indent = " ".repeat(2 + digits + ids + 2);
      details(task, graph).forEach(d -> lines.add(new Line().add(Tone.QUIET, indent + d)));
    }
    return lines;
  }

  private static Stream<String> details(Task task, FlowGraph graph) {
    List<String> order = new ArrayList<>();
    List<String> upstream = graph.upstream(task.id()).stream().sorted().toList();
    if (!upstream.isEmpty()) {
      order.add("after " + String.join(", ", upstream));
    }
    if (task.runIf() != RunIf.ALL_SUCCESS) {
      order.add("if " + task.runIf().text());
    }
    task.when().ifPresent(w -> order.add("when " + w));
    List<String> each = new ArrayList<>();
    task.map()
        .ifPresent(
            m -> {
              each.add("for each of " + json(m.items()));
              m.concurrency().ifPresent(c -> each.add(c + " at a time"));
              m.batch().ifPresent(b -> each.add("in batches of " + b));
            });
    return Stream.of(
            task.description(),
            String.join(", ", order),
            String.join(", ", each),
            String.join(", ", care(task)))
        .filter(text -> !text.isEmpty());
  }

  private static List<String> care(Task task) {
    List<String> care = new ArrayList<>();
    retry(task.retry()).ifPresent(care::add);
    task.timeout().ifPresent(t -> care.add("timeout " + Durations.print(t)));
    task.cache()
        .ifPresent(
            c ->
                care.add(
                    "cached by "
                        + c.key()
                        + c.expires().map(e -> " for " + Durations.print(e)).orElse("")));
    if (task.onCrash() != OnCrash.RETRY) {
      care.add("on crash " + task.onCrash().text());
    }
    if (!task.tags().isEmpty()) {
      care.add("tags " + String.join(", ", task.tags()));
    }
    if (task.output() != ValueType.Scalar.ANY) {
      care.add("gives " + task.output().text());
    }
    return care;
  }

  private static Optional<String> retry(Retry retry) {
    if (retry.retries() == 0) {
      return Optional.empty();
    }
    String times = retry.retries() == 1 ? "1 retry" : retry.retries() + " retries";
    String growth = retry.factor() == 1 ? "" : ", then times " + number(retry.factor());
    return Optional.of(times + " after " + Durations.print(retry.initial()) + growth);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static String json(JsonNode value) {
    return value.isString() ? value.asString() : value.toString();
  }
}
