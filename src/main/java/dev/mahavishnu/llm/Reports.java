package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunQuery;
import dev.mahavishnu.run.RunReport;
import dev.mahavishnu.run.RunReportTable;
import dev.mahavishnu.run.RunReports;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Answers questions about runs: the query is the model's, every number is the store's. */
final class Reports {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");
  private static final int LONGEST_TEXT = 600;

  private final Optional<RunHistory> history;
  private final Clock clock;

  /**
   * @param clock its zone is that of times without one, and of the times shown
   */
  Reports(Optional<RunHistory> history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  /** What is wrong with a query, a line each. */
  List<String> problems(JsonNode query) {
    return RunQueryReader.read(query, clock.getZone()).problems();
  }

  /**
   * Answers a query.
   *
   * @param query without {@link #problems}
   * @param text what the model says to it: left out where it has a number that neither the table
   *     nor the person has
   * @param person what the person asked
   */
  Proposal answer(JsonNode query, String text, String person) {
    RunQueryReader.Read read = RunQueryReader.read(query, clock.getZone());
    if (read.query().isEmpty()) {
      return new Proposal.Refused(
          "the question about runs can't be answered: " + String.join("; ", read.problems()));
    }
    Proposal.Table table = table(read.query().get());
    return new Proposal.Answered(
        isBacked(text, table, person) ? text.strip() : "", Optional.of(table));
  }

  /** Counts what a query asks for. */
  Proposal.Table table(RunQuery query) {
    RunReport report =
        history
            .map(h -> new RunReports(h, clock).answer(query))
            .orElseGet(
                () ->
                    new RunReport(query, new RunReport.Totals(0, 0, 0, 0, 0, 0), List.of(), 0, 0));
    RunReportTable table = RunReportTable.of(report, clock.getZone());
    return new Proposal.Table(table.title(), table.columns(), table.rows());
  }

  private static boolean isBacked(String text, Proposal.Table table, String person) {
    Set<String> known = new HashSet<>(numbers(person));
    known.addAll(numbers(table.title()));
    table.rows().forEach(row -> row.forEach(cell -> known.addAll(numbers(cell))));
    return text.length() <= LONGEST_TEXT && known.containsAll(numbers(text));
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(matcher.group());
    }
    return numbers;
  }
}
