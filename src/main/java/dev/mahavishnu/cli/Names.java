package dev.mahavishnu.cli;

import dev.mahavishnu.shell.Commands.Candidate;
import dev.mahavishnu.shell.Commands.Kind;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that are known here, each with a few words about it; no server is asked. */
final class Names {
  private static final Pattern DESCRIPTION =
      Pattern.compile("(?m)^\\s*\"?description\"?\\s*:\\s*[\"']?([^\"'\\n|>][^\"'\\n]*)");

  private final Workbench bench;

  Names(Workbench bench) {
    this.bench = bench;
  }

  static Candidate word(String text, String description) {
    return new Candidate(text, description, Kind.WORD);
  }

  /** None of them is read as a whole: there may be many. */
  List<Candidate> flows() {
    return bench.flows().texts().stream()
        .map(
            flow -> {
              Matcher said = DESCRIPTION.matcher(flow.text());
              return word(flow.name(), said.find() ? said.group(1).strip() : "flow");
            })
        .sorted(java.util.Comparator.comparing(Candidate::text))
        .toList();
  }

  List<Candidate> environments() {
    Environments all = new Environments(bench.env(), bench.workspace());
    return all.names().stream().map(name -> word(name, "environment")).toList();
  }

  /** Those of the configuration and of the environments. */
  List<Candidate> pools() {
    TreeMap<String, String> pools = new TreeMap<>();
    Environments all = new Environments(bench.env(), bench.workspace());
    for (String name : all.names()) {
      try {
        all.named(name).pool().ifPresent(pool -> pools.putIfAbsent(pool, "of " + name));
      } catch (CommandFailure _) {
        // A file with a mistake is told by the command that uses it.
      }
    }
    bench
        .configuration()
        .prefect()
        .workPool()
        .ifPresent(pool -> pools.put(pool, "prefect.work_pool"));
    return pools.entrySet().stream().map(e -> word(e.getKey(), e.getValue())).toList();
  }

  List<Candidate> adapters() {
    return List.of(
        word("embedded", "on this machine alone"), word("prefect", "and shown on the server"));
  }

  /** As what a task may be marked. */
  List<Candidate> ends() {
    return List.of(word("completed", ""), word("failed", ""), word("skipped", ""));
  }

  /** With their values, save those that may be secret. */
  List<Candidate> settings() {
    return Configuration.SETTINGS.stream()
        .map(
            setting ->
                word(
                    setting.key() + "=",
                    setting.confidential() || bench.settings().value(setting).text().isEmpty()
                        ? ""
                        : "now " + bench.settings().value(setting).text()))
        .toList();
  }

  List<Candidate> zones() {
    return ZoneId.getAvailableZoneIds().stream().sorted().map(zone -> word(zone, "")).toList();
  }
}
