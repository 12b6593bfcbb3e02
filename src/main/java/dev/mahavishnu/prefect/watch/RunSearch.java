package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Finds flow runs by what people call them. */
public final class RunSearch {
  private static final String LAST = "last";
  private static final Pattern WHOLE =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern BEGINNING = Pattern.compile("[0-9a-fA-F][0-9a-fA-F-]{3,35}");

  /** A server finds no beginnings of ids: among so many of the newest one is looked for. */
  public static final int NEWEST = 1000;

  private static final int MOST = 6;

  private final PrefectClient client;

  public RunSearch(PrefectClient client) {
    this.client = client;
  }

  /**
   * The runs that it may mean, newest first, at most 6.
   *
   * @param text an id, the beginning of one of the newest {@value #NEWEST}, a name, or {@code last}
   *     for the newest that was to start by now
   * @param now until when
   */
  public List<FlowRun> find(String text, Instant now) {
    if (WHOLE.matcher(text).matches()) {
      Optional<FlowRun> run = client.flowRuns().find(UUID.fromString(text));
      return run.stream().toList();
    }
    Filter newest = Filter.ALL.sort(Filter.Sort.START_TIME_DESC);
    if (text.equals(LAST)) {
      return client.flowRuns().filter(newest.expectedUntil(now)).limit(1).toList();
    }
    List<FlowRun> named = client.flowRuns().filter(newest.flowRunNames(text)).limit(MOST).toList();
    if (!named.isEmpty() || !BEGINNING.matcher(text).matches()) {
      return named;
    }
    String beginning = text.toLowerCase(Locale.ROOT);
    return client
        .flowRuns()
        .filter(newest)
        .limit(NEWEST)
        .filter(run -> run.id().toString().startsWith(beginning))
        .limit(MOST)
        .toList();
  }
}
