package dev.mahavishnu.run;

import dev.mahavishnu.run.RunReport.FlowRow;
import dev.mahavishnu.run.RunReport.Row;
import dev.mahavishnu.run.RunReport.RunRow;
import dev.mahavishnu.run.RunReport.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An answer about runs as texts in rows.
 *
 * @param title what was asked, with the period as it was understood, and the totals
 * @param rows each as long as {@code columns}
 */
public record RunReportTable(String title, List<String> columns, List<List<String>> rows) {
  public RunReportTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * @param zone of the times shown
   */
  public static RunReportTable of(RunReport report, ZoneId zone) {
    return new Making(
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone), zone)
        .table(report);
  }

  private record Making(DateTimeFormatter clock, ZoneId zone) {
    RunReportTable table(RunReport report) {
      List<String> columns =
          switch (report.query().by()) {
            case RUN -> List.of("RUN", "FLOW", "STATE", "STARTED", "TIME", "USUAL", "FAILED TASKS");
            case FLOW ->
                List.of("FLOW", "RUNS", "COMPLETED", "FAILED", "CRASHED", "MEDIAN", "LONGEST");
            case TASK -> List.of("FLOW", "TASK", "RUNS", "FAILED", "MEDIAN", "LONGEST");
          };
      return new RunReportTable(
          title(report), columns, report.rows().stream().map(this::row).toList());
    }

    private List<String> row(Row row) {
      return switch (row) {
        case RunRow r ->
            List.of(
                r.run().run().text(),
                r.run().flow(),
                r.run().state().name(),
                r.run().started().map(clock::format).orElse(""),
                span(r.took()),
                span(r.usual())
                    + r.times().map(t -> String.format(Locale.ROOT, " (x%.1f)", t)).orElse(""),
                Integer.toString(r.run().tasks().failed() + r.run().tasks().crashed()));
        case FlowRow r ->
            List.of(
                r.flow(),
                Integer.toString(r.totals().runs()),
                Integer.toString(r.totals().completed()),
                Integer.toString(r.totals().failed()),
                Integer.toString(r.totals().crashed()),
                span(r.median()),
                span(r.longest()));
        case TaskRow r ->
            List.of(
                r.flow(),
                r.task(),
                Integer.toString(r.runs()),
                Integer.toString(r.failed()),
                span(r.median()),
                span(r.longest()));
      };
    }

    private static String span(Optional<Duration> span) {
      return span.map(Spans::text).orElse("");
    }

    private String title(RunReport report) {
      RunQuery query = report.query();
      StringBuilder title = new StringBuilder("Runs");
      query.flow().ifPresent(flow -> title.append(" of ").append(flow));
      if (!query.states().isEmpty()) {
        title.append(
            query.states().stream()
                .sorted()
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or ", " that are ", "")));
      }
      title.append(period(query)).append(": ").append(totals(report.totals()));
      if (report.more() > 0) {
        title.append("; ").append(report.more()).append(" more rows");
      }
      if (query.by() == RunQuery.By.TASK && report.looked() < report.totals().runs()) {
        title.append("; tasks of the newest ").append(report.looked());
      }
      return title.toString();
    }

    private String period(RunQuery query) {
      if (query.from().isEmpty() && query.to().isEmpty()) {
        return ", all that are stored";
      }
      String from = query.from().map(this::time).map(t -> " from " + t).orElse("");
      String to = query.to().map(this::time).map(t -> " to " + t).orElse("");
      return from + to + " (" + zone.getId() + ")";
    }

    private String time(Instant time) {
      return clock.format(time);
    }

    private static String totals(RunReport.Totals totals) {
      List<String> words = new ArrayList<>();
      add(words, totals.completed(), "completed");
      add(words, totals.failed(), "failed");
      add(words, totals.crashed(), "crashed");
      add(words, totals.cancelled(), "cancelled");
      add(words, totals.open(), "not ended");
      if (totals.runs() == 0) {
        return "none";
      }
      String all = totals.runs() == 1 ? "1 run" : totals.runs() + " runs";
      return all + ", " + String.join(", ", words);
    }

    private static void add(List<String> words, int count, String word) {
      if (count > 0) {
        words.add(count + " " + word);
      }
    }
  }
}
