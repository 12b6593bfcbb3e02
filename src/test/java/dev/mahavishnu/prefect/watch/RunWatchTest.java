package dev.mahavishnu.prefect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.Flows;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A run of a real server, watched. */
final class RunWatchTest {
  private static ServerLogs.Line line(FlowRun run, String text, Instant at) {
    return new ServerLogs.Line(
        "test", ServerLogs.INFO, text, at, Optional.of(run.id()), Optional.empty());
  }

  private static void take(RunWatch watch, List<String> lines, String last) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!watch.isOver() && !lines.contains(last) && System.nanoTime() < end) {
      if (watch.next(Duration.ofSeconds(1)).orElse(null) instanceof News.Logged logged) {
        lines.add(logged.text());
      }
    }
  }

  @Test
  void a_log_that_is_longer_than_what_is_remembered_of_it_is_told_once_and_in_order()
      throws Exception {
    try (PrefectClient client = RealPrefect.open().client()) {
      Flows.Flow flow = client.flows().ensure("long-" + UUID.randomUUID(), List.of(), Map.of());
      FlowRun run = client.flowRuns().create(FlowRuns.Draft.of(flow.id()));
      client.flowRuns().setState(run.id(), StateChange.to(StateType.RUNNING));
      Instant now = Instant.now();
      client
          .logs()
          .append(
              IntStream.range(0, 300)
                  .mapToObj(i -> line(run, "line " + i, now.minusSeconds(60L * (300 - i))))
                  .toList());
      List<String> lines = new ArrayList<>();
      try (RunWatch watch = new RunWatch(client, run, false, 20)) {
        take(watch, lines, "line 299");
        client.logs().append(List.of(line(run, "live", Instant.now())));
        take(watch, lines, "live");
        client.flowRuns().setState(run.id(), StateChange.to(StateType.COMPLETED));
        take(watch, lines, "the end");
      }

      List<String> all =
          new ArrayList<>(IntStream.range(0, 300).mapToObj(i -> "line " + i).toList());
      all.add("live");
      assertThat(lines).isEqualTo(all);
    }
  }
}
