package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Shelf;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Flows, runs and their logs, as a client reads them by name. */
final class McpShelf implements Shelf {
  private static final int MOST_RUNS = 25;
  private static final String ROOT = "mahavishnu://";
  private static final String YAML = "application/yaml";
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private static final Pattern URI =
      Pattern.compile(ROOT + "(?:flows/(?<flow>[^/]+)|runs/(?<run>[^/]+?)(?<logs>/logs)?)");

  private final Workbench bench;
  private final McpCommands commands;
  private final McpLogs logs;

  McpShelf(Workbench bench, McpCommands commands, McpLogs logs) {
    this.bench = bench;
    this.commands = commands;
    this.logs = logs;
  }

  @Override
  public List<Entry> list() {
    List<Entry> entries = new ArrayList<>();
    bench.flows().names().forEach(name -> entries.add(flow(name)));
    try (Stream<RunSummary> runs = bench.store().history().list()) {
      runs.limit(MOST_RUNS)
          .forEach(
              run -> {
                entries.add(run(run.run(), run.flow() + " " + run.state().name()));
                entries.add(logs(run.run(), run.flow() + " " + run.state().name()));
              });
    }
    return entries;
  }

  private static Entry flow(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return new Entry(ROOT + "flows/" + encoded, name, "The flow " + name, YAML);
  }

  private static Entry run(RunId run, String description) {
    return new Entry(ROOT + "runs/" + run, run.text(), "A run of " + description, JSON);
  }

  private static Entry logs(RunId run, String description) {
    String uri = ROOT + "runs/" + run + "/logs";
    return new Entry(uri, run.text() + " logs", "What the tasks printed: " + description, TEXT);
  }

  @Override
  public List<Entry> templates() {
    return List.of(
        new Entry(ROOT + "flows/{flow}", "flow", "A flow's file, by the flow's name", YAML),
        new Entry(ROOT + "runs/{run}", "flow run", "A flow run: state, task runs, outputs", JSON),
        new Entry(
            ROOT + "runs/{run}/logs",
            "logs of a flow run",
            "The last lines that the tasks of a flow run printed",
            TEXT));
  }

  @Override
  public Optional<String> read(String uri) {
    Matcher said = URI.matcher(uri);
    if (!said.matches()) {
      return Optional.empty();
    }
    if (said.group("flow") != null) {
      String name = decoded(said.group("flow"));
      return bench.flows().texts().stream()
          .filter(flow -> flow.name().equals(name))
          .map(Flows.Text::text)
          .findFirst();
    }
    RunId run = new Runs(bench).find(decoded(said.group("run")));
    return Optional.of(said.group("logs") == null ? show(run) : logs.end(run));
  }

  private String show(RunId run) {
    McpCommands.Did did = commands.run(List.of("run", "show", run.text(), "--output=json"));
    if (!did.isGood()) {
      throw new CommandFailure(did.code(), did.complaint());
    }
    return did.text();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
