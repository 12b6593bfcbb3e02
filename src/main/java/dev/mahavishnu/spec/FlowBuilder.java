package dev.mahavishnu.spec;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a flow from a tree. Always makes one: where the tree is wrong, which a problem says,
 * something harmless stands in, so that everything else can be checked in the same go.
 */
final class FlowBuilder {
  static final long MAX_BYTES = 10_000_000;
  private final Problems problems;

  FlowBuilder(Problems problems) {
    this.problems = problems;
  }

  Flow flow(Node root) {
    Fields fields = new Fields(root);
    return new Flow(
        fields.text("flow", ""),
        fields.text("description", ""),
        parameters(fields),
        fields.texts("secrets"),
        fields.list("tasks", this::task),
        fields.list("on_failure", this::task),
        fields.named("outputs"),
        fields.list("schedules", this::schedule),
        fields.list("triggers", FlowBuilder::trigger),
        fields.duration("timeout"),
        fields.small("concurrency"));
  }

  private List<Parameter> parameters(Fields flow) {
    if (flow.node("parameters").orElse(null) instanceof Node.Fields wrong) {
      // Written as a mapping, which is refused: its names still spare the expressions a second
      // problem.
      return wrong.entries().keySet().stream()
          .map(name -> new Parameter(name, ValueType.ANY, Optional.empty(), ""))
          .toList();
    }
    return flow.list(
        "parameters",
        f ->
            new Parameter(
                f.text("name", ""), type(f), f.json("default"), f.text("description", "")));
  }

  private ValueType type(Fields fields) {
    return fields.node("type").map(this::type).orElse(ValueType.ANY);
  }

  private ValueType type(Node node) {
    if (node instanceof Node.Fields fields) {
      List<ValueType.Member> members = new ArrayList<>();
      fields.entries().forEach((n, e) -> members.add(new ValueType.Member(n, type(e.value()))));
      return new ValueType.ObjectOf(members);
    }
    if (!node.json().isString() || node.json().stringValue().isEmpty()) {
      return ValueType.ANY;
    }
    try {
      return ValueType.of(node.json().stringValue());
    } catch (IllegalArgumentException e) {
      String[] parts = String.valueOf(e.getMessage()).split("; ", 2);
      problems.add(node.at(), parts[0], parts.length > 1 ? parts[1] : "");
      return ValueType.ANY;
    }
  }

  private Schedule schedule(Fields fields) {
    String timezone = fields.text("timezone", "UTC");
    Optional<Duration> every = fields.duration("every");
    if (every.isPresent()) {
      return new Schedule.Interval(every.get(), anchor(fields), timezone);
    }
    return fields
        .text("rrule")
        .<Schedule>map(rule -> new Schedule.RRule(rule, timezone))
        .orElseGet(
            () ->
                new Schedule.Cron(fields.text("cron", ""), timezone, fields.flag("day_or", true)));
  }

  private static Trigger trigger(Fields fields) {
    String state = fields.text("state", "");
    Trigger.Ending ending =
        Arrays.stream(Trigger.Ending.values())
            .filter(e -> e.text().equals(state))
            .findFirst()
            .orElse(Trigger.Ending.COMPLETED);
    return new Trigger(fields.text("after", ""), ending, fields.named("parameters"));
  }

  private Optional<Instant> anchor(Fields fields) {
    Optional<String> text = fields.text("anchor");
    try {
      return text.map(java.time.OffsetDateTime::parse).map(java.time.OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      problems.add(
          fields.node("anchor").orElseThrow().at(),
          "`anchor` must be an instant, not `" + text.orElse("") + "`",
          "write it as 2026-11-22T06:00:00Z");
      return Optional.empty();
    }
  }

  private Task task(Fields f) {
    return new Task(
        f.text("id", ""),
        f.text("description", ""),
        work(f),
        f.texts("depends_on"),
        runIf(f),
        f.text("when"),
        f.json("map").map(items -> new MapOver(items, f.small("concurrency"), f.small("batch"))),
        retry(f),
        f.duration("timeout"),
        cache(f),
        f.named("env"),
        f.text("working_dir"),
        f.texts("tags"),
        onCrash(f),
        type(f.fields("output")),
        f.texts("files"));
  }

  private static RunIf runIf(Fields f) {
    for (RunIf rule : RunIf.values()) {
      if (rule.text().equals(f.text("run_if", ""))) {
        return rule;
      }
    }
    return RunIf.ALL_SUCCESS;
  }

  private static OnCrash onCrash(Fields f) {
    for (OnCrash choice : OnCrash.values()) {
      if (choice.text().equals(f.text("on_crash", ""))) {
        return choice;
      }
    }
    return OnCrash.RETRY;
  }

  private static Retry retry(Fields f) {
    Retry usual = Retry.times(f.small("retries").orElse(0));
    if (f.isFields("retry_delay")) {
      Fields delay = f.fields("retry_delay");
      Duration initial = delay.duration("initial").orElse(usual.initial());
      return new Retry(
          usual.retries(),
          initial,
          delay.number("factor", usual.factor()),
          delay.duration("max").orElse(longest(initial)),
          delay.number("jitter", usual.jitter()));
    }
    Duration initial = f.duration("retry_delay").orElse(usual.initial());
    return new Retry(usual.retries(), initial, usual.factor(), longest(initial), usual.jitter());
  }

  /** The longest wait where none is written: the usual one, unless the first is longer. */
  static Duration longest(Duration initial) {
    Duration usual = Retry.NONE.max();
    return initial.compareTo(usual) > 0 ? initial : usual;
  }

  private static Optional<Cache> cache(Fields f) {
    if (f.isFields("cache")) {
      Fields cache = f.fields("cache");
      return Optional.of(new Cache(cache.text("key", Cache.INPUTS), cache.duration("expires")));
    }
    return f.text("cache").map(_ -> new Cache(Cache.INPUTS, Optional.empty()));
  }

  private static Work work(Fields f) {
    return switch (f.text("type", "")) {
      case "shell" -> new Work.Shell(f.text("command"), f.texts("argv"));
      case "python" -> new Work.Python(f.text("file"), f.text("script"), f.named("inputs"));
      case "http" -> http(f);
      case "compute" -> new Work.Compute(f.json("value").orElse(Node.NULL));
      case "flow" -> new Work.Subflow(f.text("flow"), f.json("spec"), f.named("parameters"));
      case "approval" -> new Work.Approval(f.text("message", ""), f.duration("expires"));
      default -> custom(f);
    };
  }

  private static Work http(Fields f) {
    List<Integer> expected = new ArrayList<>();
    f.items("expected").forEach(n -> expected.add(n.json().asInt(0)));
    return new Work.Http(
        f.text("method", "GET"),
        f.text("url", ""),
        f.named("headers"),
        f.json("body"),
        expected,
        f.text("max_bytes")
            .filter(ByteCount::isByteCount)
            .map(ByteCount::parse)
            .or(() -> f.whole("max_bytes"))
            .orElse(MAX_BYTES));
  }

  /** All fields but those that every task has. */
  private static Work custom(Fields f) {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    if (f.node() instanceof Node.Fields all) {
      for (Map.Entry<String, Node.Entry> entry : all.entries().entrySet()) {
        if (!FlowShapes.isCommon(entry.getKey())) {
          own.set(entry.getKey(), entry.getValue().value().json());
        }
      }
    }
    return new Work.Custom(f.text("type", ""), own);
  }
}
