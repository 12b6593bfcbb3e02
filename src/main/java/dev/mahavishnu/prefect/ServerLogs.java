package dev.mahavishnu.prefect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The logs of a server. Each call throws {@link PrefectException} when it comes to nothing. */
public final class ServerLogs {
  /** Python's levels, by which a server's pages colour and filter. */
  public static final int DEBUG = 10;

  public static final int INFO = 20;
  public static final int WARNING = 30;
  public static final int ERROR = 40;

  /** Most lines in one call, and most characters of their messages: what a server takes easily. */
  private static final int MOST_LINES = 500;

  private static final int MOST_CHARACTERS = 500_000;

  /** Lines may come late, and clocks differ. */
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private final Api api;

  /**
   * A line of a log.
   *
   * @param logger whose, with dots
   */
  public record Line(
      String logger,
      int level,
      String message,
      Instant timestamp,
      Optional<UUID> flowRunId,
      Optional<UUID> taskRunId) {}

  /** A line as the server has it; {@code id} tells it from another with the same text. */
  public record Stored(
      UUID id,
      String name,
      int level,
      String message,
      Instant timestamp,
      Optional<UUID> flowRunId,
      Optional<UUID> taskRunId) {}

  ServerLogs(Api api) {
    this.api = api;
  }

  /**
   * Appends lines, in as few calls as are wise. When it throws, the lines before the one that it
   * failed at are there; the others may be.
   */
  public void append(List<Line> lines) {
    ArrayNode batch = JsonNodeFactory.instance.arrayNode();
    int characters = 0;
    for (Line line : lines) {
      if (batch.size() == MOST_LINES
          || (!batch.isEmpty() && characters + line.message().length() > MOST_CHARACTERS)) {
        send(batch);
        batch = JsonNodeFactory.instance.arrayNode();
        characters = 0;
      }
      batch.add(json(line));
      characters += line.message().length();
    }
    if (!batch.isEmpty()) {
      send(batch);
    }
  }

  private void send(ArrayNode batch) {
    api.call(ApiCall.post("/logs/", batch));
  }

  private static ObjectNode json(Line line) {
    Fields fields =
        Fields.NONE
            .with("name", line.logger())
            .with("level", line.level())
            .with("message", line.message())
            .with("timestamp", line.timestamp());
    Fields ofFlow = line.flowRunId().map(id -> fields.with("flow_run_id", id)).orElse(fields);
    return line.taskRunId().map(id -> ofFlow.with("task_run_id", id)).orElse(ofFlow).json();
  }

  /** The lines that fit, oldest first. */
  public Stream<Stored> filter(LogFilter filter) {
    return Pages.of(
        api,
        "/logs/filter",
        Fields.NONE.with("logs", filter.json()).with("sort", "TIMESTAMP_ASC").json(),
        Stored.class);
  }

  /**
   * Follows the lines that fit; nothing is given twice. Where the server does not stream its logs,
   * only what is there at the start, and after each break, is given.
   *
   * @param since lines from then on are given too
   */
  public Following follow(LogFilter filter, Instant since, Consumer<Stored> listener) {
    Given given = new Given(since, OVERLAP);
    Consumer<Stored> once =
        line -> given.once(line.id(), line.timestamp(), () -> listener.accept(line));
    return new Following(
        api,
        "/logs/out",
        () -> Fields.NONE.with("type", "filter").with("filter", filter.json()).json(),
        // The stream begins now, so what came before is read; a little of it comes both ways.
        () -> filter(filter.since(given.from())).forEach(once),
        0,
        message -> {
          if (message.path("type").asString("").equals("log")) {
            once.accept(Wire.read(message.path("log"), Stored.class));
          }
        });
  }
}
