package dev.mahavishnu.cli;

import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code config show}: what is in force, and where it comes from. */
@Command(
    name = "show",
    description = "Print the configuration in force, and where each value is from.",
    footer = {"config show", "config show --set output.theme=light"})
final class ConfigShow implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  ConfigShow(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    Settings settings = bench.settings();
    ModelInForce model = bench.model();
    PrefectInForce server = bench.prefect();
    if (output == OutputFormat.JSON) {
      Configuration.SETTINGS.forEach(setting -> bench.out().println(json(settings, setting)));
      model
          .facts()
          .forEach(f -> bench.out().println(json("model." + f.what(), f.value(), f.from())));
      server
          .facts()
          .forEach(f -> bench.out().println(json("server." + f.what(), f.value(), f.from())));
      return ExitCode.COMPLETED;
    }
    Table table = new Table("KEY", "VALUE", "FROM");
    for (Setting<?> setting : Configuration.SETTINGS) {
      Settings.Value value = settings.value(setting);
      table.row(
          List.of(
              Table.Cell.of(setting.key()),
              value.text().isEmpty()
                  ? new Table.Cell(Tone.QUIET, "none")
                  : new Table.Cell(Tone.TITLE, shown(value.text())),
              new Table.Cell(Tone.QUIET, value.origin())));
    }
    table.row(List.of(Table.Cell.of(""), Table.Cell.of(""), Table.Cell.of("")));
    facts(table, "server.", server.facts());
    facts(table, "model.", model.facts());
    table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
    server.notes().forEach(n -> bench.err().println("mahavishnu: " + Cells.clean(n)));
    server.fault().ifPresent(f -> bench.err().println("mahavishnu: " + Cells.clean(f)));
    model.fault().ifPresent(f -> bench.err().println("mahavishnu: " + f));
    return ExitCode.COMPLETED;
  }

  private static void facts(Table table, String prefix, List<ModelInForce.Fact> facts) {
    for (ModelInForce.Fact fact : facts) {
      table.row(
          List.of(
              Table.Cell.of(prefix + fact.what()),
              new Table.Cell(Tone.TITLE, fact.value()),
              new Table.Cell(Tone.QUIET, fact.from())));
    }
  }

  private static String json(Settings settings, Setting<?> setting) {
    Settings.Value value = settings.value(setting);
    return json(setting.key(), shown(value.text()), value.origin());
  }

  private static String json(String key, String value, String from) {
    JsonMapper mapper = new JsonMapper();
    return mapper.writeValueAsString(
        mapper.createObjectNode().put("key", key).put("value", value).put("from", from));
  }

  /** Credentials in a URL are nobody's business. */
  private static String shown(String text) {
    if (!text.contains("@") || !text.contains("://")) {
      return text;
    }
    String user = URI.create(text).getRawUserInfo();
    return user == null ? text : text.replace(user + "@", "***@");
  }
}
