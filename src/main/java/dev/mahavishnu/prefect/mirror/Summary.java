package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What is shown of a run when it has ended: a page, a table, and links to what it made. */
final class Summary {
  private static final int MOST_FAILURES = 50;
  private static final int MOST_LINKS = 20;
  private static final int MOST_KEY = 200;
  private static final Pattern URL = Pattern.compile("https?://[^\\s<>\"]{1,2000}");

  private final RunEvent.Created created;

  /** Of the flow runs that are over for good. */
  private final Timings ended = new Timings();

  private final Map<TaskKey, State> failures = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private long started;

  Summary(RunEvent.Created created) {
    this.created = created;
  }

  void running(long at) {
    started = started == 0 ? at : started;
  }

  void moved(TaskKey key, State state, Optional<Output> output) {
    failures.remove(key);
    if (Phase.of(state).isBad() && failures.size() < MOST_FAILURES) {
      failures.put(key, state);
    }
    output.flatMap(Summary::value).ifPresent(value -> link(key.text(), value));
  }

  void reset(TaskKey key) {
    failures.keySet().removeIf(failed -> failed.equals(key) || failed.whole().equals(key));
    links.remove(key.text());
  }

  /** The flow's outputs. */
  void returned(Output outputs) {
    value(outputs)
        .ifPresent(
            all -> all.properties().forEach(output -> link(output.getKey(), output.getValue())));
  }

  /** A large output is no link, and a secret one is nobody's business. */
  private static Optional<JsonNode> value(Output output) {
    return output instanceof Output.Inline inline ? Optional.of(inline.value()) : Optional.empty();
  }

  private void link(String name, JsonNode value) {
    if (value.isString()
        && (links.size() < MOST_LINKS || links.containsKey(name))
        && URL.matcher(value.stringValue()).matches()
        && !links.containsValue(value.stringValue())) {
      links.put(name, value.stringValue());
    }
  }

  /** A flow run is over for good. */
  void ended(Telling telling) {
    ended.add(telling);
  }

  /**
   * @param at when the run came to the state
   * @param live the flow runs that are not over for good
   */
  List<Report> artifacts(State state, long at, Collection<Telling> live) {
    Timings timings = ended.copy();
    live.forEach(timings::add);
    List<Report> artifacts = new ArrayList<>();
    String flow = created.flow();
    artifacts.add(
        artifact(
            "summary",
            new ArtifactContent.Markdown(
                "How run " + created.run() + " of " + flow + " went", text(state, at, timings))));
    artifacts.add(
        artifact(
            "timings",
            new ArtifactContent.Table(
                timings.all() > Timings.MOST_ROWS
                    ? "The " + Timings.MOST_ROWS + " slowest of " + timings.all() + " task runs"
                    : "All task runs, the slowest first",
                timings.rows())));
    links.forEach(
        (name, url) ->
            artifacts.add(
                artifact(
                    "link-" + name,
                    new ArtifactContent.Markdown(
                        "What " + name + " gave",
                        "[" + SummaryText.plain(name) + "](" + SummaryText.address(url) + ")"))));
    return artifacts;
  }

  private String text(State state, long at, Timings timings) {
    Optional<Instant> start =
        started == 0 ? Optional.empty() : Optional.of(Micros.instant(started));
    return new SummaryText()
        .head(created, state, start, Micros.instant(at))
        .counts(timings.counts(), timings.all())
        .parameters(created.parameters())
        .failures(failures, MOST_FAILURES)
        .further(created.run(), state)
        .text();
  }

  private Report artifact(String what, ArtifactContent content) {
    String key =
        ("mahavishnu-" + created.flow() + "-" + what)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("-$", "");
    return new Report.ArtifactMade(
        Report.ROOT, key.length() <= MOST_KEY ? key : key.substring(0, MOST_KEY), content);
  }
}
