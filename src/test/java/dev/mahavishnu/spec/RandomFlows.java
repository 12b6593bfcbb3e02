package dev.mahavishnu.spec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Valid flows made at random, every field of them, with the texts that writers of YAML get wrong.
 */
final class RandomFlows {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "plain",
          "two words",
          "yes",
          "null",
          "~",
          "true",
          "0x1F",
          "1e3",
          "010",
          "-1",
          "+5",
          ".5",
          "2026-11-22",
          "12:30",
          "a: b",
          "a:",
          "a #b",
          "#c",
          "- d",
          "-",
          "?",
          "? x",
          "[a]",
          "{a: b}",
          "*a",
          "&a",
          "!a",
          "|",
          ">",
          "%a",
          "@a",
          "`a`",
          "'a'",
          "\"a\"",
          "it's",
          "a\\nb",
          "a\nb",
          "a\nb\n",
          "a\n\nb\n\n\n",
          "\na",
          " a\n b\n",
          "\ta\n",
          "a \nb\t\n",
          "\n",
          "\n\n",
          "  \n a",
          "a\r\nb",
          "tab\there",
          "bell\u0007",
          "é",
          "😀 x",
          "\u2028",
          "\u0085",
          "\uFEFFx",
          "---",
          "...",
          "--- a",
          "a\n---\nb",
          "a\n...\n",
          "<<",
          "=",
          "a, b",
          "a] b",
          "x".repeat(300),
          "$HOME",
          "a\n  indented\nback",
          "#!/bin/sh\necho hi\n",
          ".inf",
          "NaN",
          "12e",
          "0 6 * * *");

  private final Random random;
  private final List<String> ids = new ArrayList<>();

  RandomFlows(long seed) {
    random = new Random(seed);
  }

  Flow flow() {
    ids.clear();
    return new Flow(
        "flow_" + random.nextInt(100),
        text(),
        List.of(
            new Parameter("day", ValueType.Scalar.DATE, maybe(() -> text("2026-11-22")), text()),
            new Parameter("any", ValueType.ANY, maybe(this::plainJson), ""),
            new Parameter(
                "deep",
                ValueType.of("{rows: integer, names: list<map<any>>}"),
                Optional.empty(),
                "")),
        chance() ? List.of("TOKEN", "other") : List.of(),
        tasks("t", 1 + random.nextInt(6)),
        tasks("f", random.nextInt(3)),
        chance()
            ? List.of(
                new NamedValue("out", json()),
                new NamedValue("ref.x-y", text("${{ tasks.t0.output }}")))
            : List.of(),
        schedules(),
        triggers(),
        maybe(this::duration),
        maybe(() -> 1 + random.nextInt(100)));
  }

  private List<Trigger> triggers() {
    return chance()
        ? List.of()
        : List.of(
            new Trigger("other", one(List.of(Trigger.Ending.values())), List.of()),
            new Trigger(
                "my-flow",
                one(List.of(Trigger.Ending.values())),
                List.of(new NamedValue("any", text("${{ run.outputs.rows }}")))));
  }

  private List<Task> tasks(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> task(prefix + i)).toList();
  }

  Task task(String id) {
    boolean mapped = chance();
    Task task =
        new Task(
            id,
            text(),
            work(),
            ids.isEmpty() || chance() ? List.of() : List.of(ids.get(random.nextInt(ids.size()))),
            one(List.of(RunIf.values())),
            maybe(() -> chance() ? "params.any == 1" : "${{ run.id != \"}}\" }}"),
            mapped ? Optional.of(map()) : Optional.empty(),
            retry(),
            maybe(this::duration),
            maybe(
                () ->
                    new Cache(
                        chance() ? Cache.INPUTS : "k ${{ run.flow }}", maybe(this::duration))),
            chance()
                ? List.of(
                    new NamedValue("A", json()), new NamedValue("B", text("${{ params.day }}")))
                : List.of(),
            maybe(() -> chance() ? "data" : "out/${{ run.id }}"),
            chance() ? List.of("web", "team:x") : List.of(),
            one(List.of(OnCrash.values())),
            chance() ? ValueType.ANY : ValueType.of("{a: list<{b: date}>}"),
            chance() ? List.of() : List.of("load.py"));
    ids.add(id);
    return task;
  }

  private MapOver map() {
    JsonNode items = chance() ? text("${{ [1, 2] }}") : NODES.arrayNode().add(json()).add(json());
    return new MapOver(
        items, maybe(() -> 1 + random.nextInt(9)), maybe(() -> 1 + random.nextInt(9)));
  }

  private Retry retry() {
    return switch (random.nextInt(4)) {
      case 0 -> Retry.NONE;
      case 1 -> Retry.times(3);
      case 2 -> new Retry(2, Duration.ofHours(2), 1, Duration.ofHours(2), 0);
      default -> new Retry(1, Duration.ofSeconds(5), 1.5, Duration.ofMinutes(3), 0.25);
    };
  }

  private Work work() {
    return switch (random.nextInt(9)) {
      case 0 ->
          new Work.Shell(
              Optional.of("./a.sh ${{ params.day }} \"${{ run.id }}\"\necho done\n"), List.of());
      case 1 -> new Work.Shell(Optional.empty(), List.of("echo", "", textOf(), "${{ run.id }}"));
      case 2 ->
          new Work.Python(
              Optional.of("load.py"), Optional.empty(), List.of(new NamedValue("a.b", json())));
      case 3 ->
          new Work.Python(
              Optional.empty(), Optional.of("x = 1\n\nif x:\n  result = '''\n'''"), List.of());
      case 4 ->
          new Work.Http(
              chance() ? "GET" : "PATCH",
              "https://example.org/${{ params.day }}?a=b#c",
              chance()
                  ? List.of()
                  : List.of(new NamedValue("X-A", text("b: c")), new NamedValue("X-A", json())),
              maybe(this::json),
              chance() ? List.of() : List.of(200, 204),
              List.of(10_000_000L, 1L, 1024L, 1_234_567_891L, 3_000_000_000L)
                  .get(random.nextInt(5)));
      case 5 -> new Work.Compute(json());
      case 6 ->
          new Work.Subflow(
              Optional.of("other"), Optional.empty(), List.of(new NamedValue("p", json())));
      case 7 ->
          new Work.Subflow(
              Optional.empty(),
              Optional.of(chance() ? text("${{ params.any }}") : inner()),
              List.of());
      default -> new Work.Approval("Go on\nwith ${{ run.id }}?", maybe(this::duration));
    };
  }

  private JsonNode inner() {
    ObjectNode flow = NODES.objectNode().put("flow", "inner");
    flow.putArray("tasks").addObject().put("id", "a").put("type", "compute").set("value", json());
    return flow;
  }

  private List<Schedule> schedules() {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(new Schedule.Cron("0 6 * * 1-5", "Europe/Berlin", chance()));
      case 1 ->
          List.of(
              new Schedule.Interval(
                  duration(), maybe(() -> Instant.parse("2026-11-22T06:00:00Z")), "UTC"));
      case 2 ->
          List.of(
              new Schedule.RRule("FREQ=DAILY;COUNT=3", "UTC"),
              new Schedule.Cron("*/5 * * * *", "UTC", true));
      default -> List.of();
    };
  }

  private Duration duration() {
    return Duration.ofMillis(1 + random.nextInt(1_000_000_000));
  }

  private JsonNode plainJson() {
    JsonNode value = json();
    return Templates.anyIn(value) ? NODES.nullNode() : value;
  }

  /** Any JSON, with expressions in places. */
  JsonNode json() {
    return json(3);
  }

  private JsonNode json(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 7)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(chance());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(random.nextLong() | 1L << 40);
      case 4 ->
          NODES.numberNode(List.of(0.1, -1e-7, 1e300, 5.0, 123456.789).get(random.nextInt(5)));
      case 5 -> text("a ${{ run.id }} $${{ b");
      case 6 -> text(text());
      case 7, 8 -> {
        ArrayNode list = NODES.arrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> list.add(json(depth - 1)));
        yield list;
      }
      default -> {
        ObjectNode object = NODES.objectNode();
        IntStream.range(0, random.nextInt(4))
            .forEach(
                i -> object.set(text() + (chance() ? "" : "y".repeat(1_500)), json(depth - 1)));
        yield object;
      }
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String textOf() {
    return text() + text();
  }

  private static JsonNode text(String text) {
    return NODES.stringNode(text);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return chance() ? Optional.of(value.get()) : Optional.empty();
  }
}
