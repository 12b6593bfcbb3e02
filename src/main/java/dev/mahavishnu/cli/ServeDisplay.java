package dev.mahavishnu.cli;

import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.State;
import dev.mahavishnu.schedule.News;
import dev.mahavishnu.schedule.Timetable;
import dev.mahavishnu.view.Cells;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells what {@code serve} does, a line each; in JSON what is for people goes to standard error.
 */
final class ServeDisplay {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter NEXT =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);
  private static final Duration LATE = Duration.ofSeconds(10);

  private final Workbench bench;
  private final OutputFormat format;
  private final ZoneId zone;

  ServeDisplay(Workbench bench, OutputFormat format) {
    this.bench = bench;
    this.format = format;
    this.zone = bench.configuration().planner().timezone();
  }

  private Instant now() {
    return bench.env().clock().instant();
  }

  /** Something for people. */
  synchronized void say(String line) {
    (format == OutputFormat.JSON ? bench.err() : bench.out()).println(line);
    bench.out().flush();
  }

  /** The next times, each on the clock of its schedule. */
  synchronized void next(List<Timetable.Next> times) {
    for (Timetable.Next next : times) {
      if (format == OutputFormat.JSON) {
        print(
            json("next", now())
                .put("flow", next.timed().flow())
                .put("time", next.at().toString())
                .put("schedule", next.timed().when()));
      } else {
        bench.out().println("  " + time(next) + "  " + next.timed().flow());
      }
    }
    bench.out().flush();
  }

  static String time(Timetable.Next next) {
    ZoneId of = ZoneId.of(next.timed().schedule().timezone());
    return NEXT.format(next.at().atZone(of)) + " " + of.getId();
  }

  synchronized void show(News news) {
    if (format == OutputFormat.JSON) {
      print(json(news));
    } else {
      bench.out().println(TIME.format(now().atZone(zone)) + "  " + Cells.clean(text(news)));
      bench.out().flush();
    }
  }

  private String text(News news) {
    return switch (news) {
      case News.Started n ->
          n.flow() + " " + n.run() + " started, " + cause(n.cause()) + late(n.due());
      case News.Resumed n -> n.flow() + " " + n.run() + " is gone on with";
      case News.Ended n ->
          n.flow()
              + " "
              + n.run()
              + " "
              + n.state().name()
              + " after "
              + Spans.text(n.took())
              + why(n.state());
      case News.NotStarted n -> n.flow() + " does not run (" + cause(n.cause()) + "): " + n.why();
      case News.Skipped n ->
          n.flow()
              + " missed "
              + n.times()
              + (n.times() == 1 ? " time" : " times")
              + " that will not run, by `missed: "
              + n.missed().text()
              + "`";
      case News.Note n -> n.text();
    };
  }

  private static String why(State state) {
    return state.message().isEmpty() ? "" : ": " + state.message();
  }

  private static String cause(String cause) {
    int colon = cause.indexOf(':');
    int at = cause.lastIndexOf('@');
    String what = cause.substring(colon + 1, at);
    return cause.startsWith("trigger:") ? "after run " + what : what;
  }

  private String late(Instant due) {
    Duration late = Duration.between(due, now());
    return late.compareTo(LATE) > 0 ? ", " + Spans.text(late) + " late" : "";
  }

  private ObjectNode json(News news) {
    return switch (news) {
      case News.Started n ->
          json("started", now())
              .put("run", n.run().text())
              .put("flow", n.flow())
              .put("cause", n.cause())
              .put("due", n.due().toString());
      case News.Resumed n ->
          json("resumed", now()).put("run", n.run().text()).put("flow", n.flow());
      case News.Ended n -> {
        ObjectNode json = json("ended", now()).put("run", n.run().text()).put("flow", n.flow());
        json.putObject("state")
            .put("type", n.state().type().name())
            .put("name", n.state().name())
            .put("message", n.state().message());
        yield json.put("seconds", n.took().toMillis() / 1000.0);
      }
      case News.NotStarted n ->
          json("not_started", now())
              .put("flow", n.flow())
              .put("cause", n.cause())
              .put("why", n.why());
      case News.Skipped n ->
          json("skipped", now())
              .put("flow", n.flow())
              .put("times", n.times())
              .put("last", n.last().toString())
              .put("missed", n.missed().text());
      case News.Note n -> json("note", now()).put("text", n.text());
    };
  }

  private static ObjectNode json(String type, Instant at) {
    return JsonMapper.shared().createObjectNode().put("type", type).put("at", at.toString());
  }

  private void print(ObjectNode json) {
    bench.out().println(json);
    bench.out().flush();
  }
}
