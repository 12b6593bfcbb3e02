package dev.mahavishnu.shell;

import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One run, whose first task completed and whose last one did not. */
final class TestHistory implements RunHistory {
  static final RunId RUN = new RunId("260304-050607-k7qd");
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");

  private final List<Recorded> events = new ArrayList<>();
  private final TaskKey last;

  TestHistory(Flow flow, Path folder) {
    last = TaskKey.of("", flow.tasks().getLast().id());
    add(
        new RunEvent.Created(
            RUN,
            flow.name(),
            FlowWriter.json(flow),
            folder.toString(),
            flow.tasks().size(),
            JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            List.of(),
            "shell"));
    add(new RunEvent.Moved(new State.Running(false)));
    add(RunEvent.TaskMoved.to(last, 1, new State.Running(false)));
    add(RunEvent.TaskMoved.to(last, 1, new State.Failed(State.Failed.How.ERROR, "exit code 1")));
    add(new RunEvent.Moved(new State.Failed(State.Failed.How.ERROR, "1 task failed")));
  }

  private void add(RunEvent event) {
    events.add(new Recorded(events.size() + 1, events.size(), AT, event));
  }

  @Override
  public Stream<RunSummary> list() {
    return summary(RUN).stream();
  }

  @Override
  public Optional<RunSummary> summary(RunId run) {
    return fold(run)
        .map(
            f ->
                new RunSummary(
                    run,
                    f.created().flow(),
                    f.state(),
                    true,
                    AT,
                    Optional.of(AT),
                    Optional.of(AT),
                    f.counts()));
  }

  @Override
  public Optional<RunFold> fold(RunId run) {
    if (!run.equals(RUN)) {
      return Optional.empty();
    }
    RunFold fold = new RunFold();
    events.forEach(fold::apply);
    return Optional.of(fold);
  }

  @Override
  public List<Recorded> events(RunId run, long fromSeq) {
    return events.stream().filter(e -> e.seq() >= fromSeq).toList();
  }

  @Override
  public JsonNode output(RunId run, long position) {
    throw new IllegalArgumentException("no output");
  }

  @Override
  public LogPage logs(RunId run, long fromOffset) {
    return new LogPage(
        fromOffset == 0
            ? List.of(new LogLine(AT, last, 1, "stderr", "orders.csv: no such file"))
            : List.of(),
        1);
  }

  @Override
  public List<RunId> find(String text) {
    return RUN.text().startsWith(text) || RUN.text().endsWith(text) ? List.of(RUN) : List.of();
  }
}
