package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.ServerState;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server knows of the runs of one content: those that carry its hash as a label, which is
 * written by whoever executes them.
 *
 * @param completed one that COMPLETED
 * @param states of the runs that were looked at before it, by name, with their number
 */
public record Evidence(Optional<FlowRun> completed, Map<String, Integer> states) {
  /** The label with the hash of what a run executed. */
  public static final String LABEL = "mahavishnu.content-hash";

  /** Runs that are looked at, the newest ones. */
  private static final int MOST = 10_000;

  public Evidence {
    states = Map.copyOf(states);
  }

  /** Of the runs of the flow on that server. */
  public static Evidence of(PrefectClient client, String flow, String hash) {
    Filter filter = Filter.ALL.flowNames(flow).sort(Filter.Sort.END_TIME_DESC);
    Map<String, Integer> states = new TreeMap<>();
    Iterator<FlowRun> runs = client.flowRuns().filter(filter).limit(MOST).iterator();
    while (runs.hasNext()) {
      FlowRun run = runs.next();
      boolean same =
          Optional.ofNullable(run.labels().get(LABEL))
              .filter(label -> label.asString("").equals(hash))
              .isPresent();
      if (same && run.state().filter(s -> s.type().equals("COMPLETED")).isPresent()) {
        return new Evidence(Optional.of(run), states);
      }
      if (same) {
        states.merge(run.state().map(ServerState::name).orElse("without a state"), 1, Integer::sum);
      }
    }
    return new Evidence(Optional.empty(), states);
  }

  /** The states for people: {@code 2 Failed, 1 Running}. */
  public String shown() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(states)
        .forEach((name, n) -> text.append(text.isEmpty() ? "" : ", ").append(n + " " + name));
    return text.toString();
  }
}
