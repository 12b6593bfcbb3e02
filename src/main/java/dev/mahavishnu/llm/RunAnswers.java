package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunQuery;
import dev.mahavishnu.run.RunReport;
import dev.mahavishnu.run.RunReportTable;
import dev.mahavishnu.run.RunReports;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers questions about runs with a table: the query is the model's, every number in the table is
 * counted from the store. What a model might say of the numbers is not shown at all.
 */
final class RunAnswers implements Reports {
  private final Optional<RunHistory> history;
  private final Clock clock;

  /**
   * @param history empty where nothing has run yet
   * @param clock its zone is that of times without one, and of the times shown
   */
  RunAnswers(Optional<RunHistory> history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  @Override
  public ObjectNode schema() {
    return RunQueryReader.schema();
  }

  @Override
  public Proposal answer(ObjectNode query) {
    RunQueryReader.Read read = RunQueryReader.read(query, clock.getZone());
    if (read.query().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", read.problems()));
    }
    return new Proposal.Answered("", Optional.of(table(read.query().get())));
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
}
