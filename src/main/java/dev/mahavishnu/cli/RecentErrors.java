package dev.mahavishnu.cli;

import dev.mahavishnu.run.FailureGroup;
import dev.mahavishnu.run.FailureGroups;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code errors}: what went wrong of late. */
@Command(
    name = "errors",
    description = "List what went wrong of late, by its cause.",
    footer = {"errors", "errors --since 7d --flow orders"})
final class RecentErrors implements Callable<Integer> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Workbench bench;
  private final JsonMapper mapper = new JsonMapper();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description =
          "Only of runs that ended since: an age such as 7d or 12h, or a date; 1d by default.")
  String since = "1d";

  @Option(names = "--flow", paramLabel = "NAME", description = "Only of runs of this flow.")
  @Nullable String flow;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  RecentErrors(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Instant from = Past.of("--since", since, bench.env().clock().instant());
    List<FailureGroup> groups =
        bench
            .history()
            .map(h -> FailureGroups.since(h, from, Optional.ofNullable(flow)))
            .orElse(List.of());
    if (output == OutputFormat.JSON) {
      groups.forEach(group -> bench.out().println(json(group)));
    } else if (groups.isEmpty()) {
      bench.err().println("Nothing went wrong since " + since + ".");
    } else {
      Table table = new Table("RUNS", "LAST", "FLOW", "TASK", "RUN", "CAUSE");
      groups.forEach(group -> table.row(row(group)));
      table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
      bench.err().println("one of them in full: " + bench.commandLine("run show RUN"));
    }
    return ExitCode.COMPLETED;
  }

  private static List<Table.Cell> row(FailureGroup group) {
    return List.of(
        Table.Cell.of(String.valueOf(group.count())),
        Table.Cell.of(TIME.withZone(ZoneId.systemDefault()).format(group.last())),
        Table.Cell.of(group.flow()),
        Table.Cell.of(group.task()),
        Table.Cell.of(group.runs().getFirst().text()),
        new Table.Cell(Tone.BAD, group.cause()));
  }

  private String json(FailureGroup group) {
    ObjectNode json =
        mapper
            .createObjectNode()
            .put("count", group.count())
            .put("flow", group.flow())
            .put("task", group.task())
            .put("cause", group.cause())
            .put("first", group.first().toString())
            .put("last", group.last().toString());
    group.runs().forEach(run -> json.withArray("runs").add(run.text()));
    return mapper.writeValueAsString(json);
  }
}
