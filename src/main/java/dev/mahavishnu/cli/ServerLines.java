package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.watch.News;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A run of a server as lines that come one after the other. For one thread. */
final class ServerLines {
  private final Palette palette;
  private final DateTimeFormatter clock;
  private final Map<UUID, Instant> started = new HashMap<>();

  /**
   * @param zone of the times shown
   */
  ServerLines(Palette palette, ZoneId zone) {
    this.palette = palette;
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
  }

  /** The lines that it brings: none or few. */
  List<String> of(News news, Instant now) {
    return switch (news) {
      case News.Moved(Instant at, ServerState state) ->
          List.of(line(at, tone(state), "run " + lower(state) + because(state)));
      case News.TaskMoved m -> moved(m.at(), m.id(), m.task(), m.state());
      case News.Nested n -> moved(n.at(), n.run(), n.name(), n.state());
      case News.Logged logged -> logged(logged);
      case News.Lost(String why) ->
          List.of(
              line(now, Tone.WARN, "the server does not answer (" + why + "); it is waited for"));
      case News.Back _ -> List.of(line(now, Tone.PLAIN, "the server answers again"));
    };
  }

  private List<String> moved(Instant at, UUID id, String name, ServerState state) {
    if (state.known().filter(t -> t == StateType.PENDING).isPresent()) {
      return List.of();
    }
    if (state.known().filter(t -> t == StateType.RUNNING).isPresent()) {
      started.put(id, at);
    }
    Instant start = state.isFinal() ? started.remove(id) : null;
    String time =
        start == null || at.isBefore(start) ? "" : " in " + Spans.text(Duration.between(start, at));
    return List.of(line(at, tone(state), name + " " + lower(state) + time + because(state)));
  }

  private List<String> logged(News.Logged logged) {
    String who = logged.task().isEmpty() ? "run" : logged.task();
    Tone tone =
        logged.level() >= ServerLogs.ERROR
            ? Tone.BAD
            : logged.level() >= ServerLogs.WARNING ? Tone.WARN : Tone.PLAIN;
    String begin =
        palette.paint(Tone.QUIET, clock.format(logged.at()) + "  " + Cells.clean(who) + " | ");
    return logged
        .text()
        .lines()
        .map(text -> begin + palette.paint(tone, Cells.clean(text)))
        .toList();
  }

  private String line(Instant at, Tone tone, String text) {
    return clock.format(at) + "  " + palette.paint(tone, Cells.clean(text));
  }

  /** What a state is called, of one that we don't know too. */
  private static String lower(ServerState state) {
    String name = state.name().isEmpty() ? state.type() : state.name();
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** That all went well goes without saying. */
  static String because(ServerState state) {
    boolean good = state.known().filter(t -> t == StateType.COMPLETED).isPresent();
    return good || state.message().isEmpty() ? "" : ": " + state.message();
  }

  static Tone tone(ServerState state) {
    return state
        .known()
        .map(
            type ->
                switch (type) {
                  case COMPLETED -> Tone.GOOD;
                  case FAILED, CRASHED -> Tone.BAD;
                  case CANCELLED, CANCELLING, PAUSED -> Tone.WARN;
                  case RUNNING -> Tone.ACTIVE;
                  case SCHEDULED, PENDING -> Tone.QUIET;
                })
        .orElse(Tone.PLAIN);
  }
}
