package dev.mahavishnu.store;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.Stop;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.run.TaskKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Events of all kinds, the same for the same seed. */
final class RandomEvents {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] TEXTS = {
    "",
    "plain",
    "two\nlines\t\r",
    "quote \" back \\ slash /",
    "é ü 漢字 🎸",
    "nul \0 del \u007f bell \u0007",
    "\u2028",
    "{\"json\":1}",
    "x".repeat(300)
  };

  private final SplittableRandom random;

  RandomEvents(long seed) {
    random = new SplittableRandom(seed);
  }

  RunEvent event() {
    return switch (random.nextInt(14)) {
      case 0 -> created();
      case 1 -> new RunEvent.Opened(random.nextLong(1, 1 << 22), text());
      case 2 -> new RunEvent.Moved(state());
      case 3 -> new RunEvent.Mapped(key(), random.nextInt(100_000), output());
      case 4 -> new RunEvent.Nested(key(), text(), text(), text(), random.nextInt(100), value(3));
      case 5 -> new RunEvent.Returned(output());
      case 6 -> new RunEvent.Commanded(command());
      case 7 ->
          new RunEvent.Reset(IntStream.range(0, random.nextInt(4)).mapToObj(i -> key()).toList());
      case 8 -> new RunEvent.Halted(stop(), text());
      case 9 ->
          new RunEvent.Amended(
              text(), text(), text(), maybe(text()), random.nextInt(1000), List.of("a", text()));
      default -> moved(key());
    };
  }

  Stop stop() {
    return new Stop(key(), random.nextInt(5), pick(Breakpoint.Moment.values()));
  }

  RunEvent.TaskMoved moved(TaskKey key) {
    return new RunEvent.TaskMoved(
        key,
        random.nextInt(5),
        state(),
        maybe(new Child(random.nextLong(1, 1 << 22), random.nextLong(1L << 42), text())),
        maybe(output()),
        maybe(new RunEvent.Hashes(text(), text())));
  }

  private RunEvent.Created created() {
    return new RunEvent.Created(
        RunId.at(Samples.NOW, random.nextInt()),
        text(),
        text(),
        text(),
        random.nextInt(1000),
        value(3),
        maybe(RunId.at(Samples.NOW, random.nextInt())),
        random.nextBoolean() ? List.of() : List.of("a", text()),
        text());
  }

  TaskKey key() {
    String[] scopes = {"", "etl", "etl[3]", "a/b[7]/c"};
    String scope = scopes[random.nextInt(scopes.length)];
    return new TaskKey(scope, "task-" + random.nextInt(9), random.nextInt(-1, 3));
  }

  State state() {
    return switch (random.nextInt(9)) {
      case 0 ->
          new State.Scheduled(
              pick(State.Scheduled.Why.values()),
              maybe(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))),
              text());
      case 1 -> new State.Pending();
      case 2 -> new State.Running(random.nextBoolean());
      case 3 -> new State.Completed(pick(State.Completed.How.values()), text());
      case 4 -> new State.Failed(pick(State.Failed.How.values()), text());
      case 5 -> new State.Cancelled(text());
      case 6 -> new State.Crashed(text());
      case 7 -> new State.Paused(pick(State.Paused.Why.values()), text());
      default -> new State.Cancelling(text());
    };
  }

  Command command() {
    return switch (random.nextInt(8)) {
      case 0 -> new Command.Cancel(text());
      case 6 -> new Command.Step(text(), pick(Stride.values()));
      case 7 ->
          new Command.Break(
              text(),
              List.of(
                  Breakpoint.parse("*:failed"),
                  new Breakpoint(
                      key().text(), pick(Breakpoint.Moment.values()), maybe("attempt > 1"))));
      case 1 -> new Command.Pause(text());
      case 2 -> new Command.Resume(text());
      case 3 -> new Command.Suspend(text());
      case 4 -> new Command.Approve(text(), maybe("etl/ask[3]"), text());
      default -> new Command.Deny(text(), maybe("ask"), text());
    };
  }

  Output output() {
    return random.nextBoolean()
        ? new Output.Inline(text(), value(4))
        : new Output.Stored(text(), random.nextLong(1L << 40), random.nextBoolean());
  }

  /** A value as reading JSON gives it. */
  JsonNode value(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode((random.nextLong() | 1L << 40) & ~(1L << 63));
      case 4 -> NODES.numberNode(Double.longBitsToDouble(random.nextLong(1L << 52, 2046L << 52)));
      case 5 -> NODES.numberNode(new BigInteger("123456789012345678901234567890").pow(2));
      case 6 -> NODES.numberNode(new BigDecimal("0.12345678901234567890123456789"));
      case 7 -> NODES.stringNode(text());
      case 8 -> {
        ArrayNode array = NODES.arrayNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> array.add(value(depth - 1)));
        yield array;
      }
      default -> {
        ObjectNode object = NODES.objectNode();
        IntStream.range(0, random.nextInt(4)).forEach(i -> object.set(text(), value(depth - 1)));
        yield object;
      }
    };
  }

  private String text() {
    return pick(TEXTS);
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }

  private <T> Optional<T> maybe(T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }
}
