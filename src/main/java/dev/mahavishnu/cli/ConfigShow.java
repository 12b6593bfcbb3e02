package dev.mahavishnu.cli;

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
    description = "Print the configuration in force, and where each value is from.")
final class ConfigShow implements Callable<Integer> {
  private final Workbench bench;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  ConfigShow(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Settings settings = bench.settings();
    if (output == OutputFormat.JSON) {
      Configuration.SETTINGS.forEach(setting -> bench.out().println(json(settings, setting)));
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
    table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
    return ExitCode.COMPLETED;
  }

  private static String json(Settings settings, Setting<?> setting) {
    Settings.Value value = settings.value(setting);
    JsonMapper mapper = new JsonMapper();
    return mapper.writeValueAsString(
        mapper
            .createObjectNode()
            .put("key", setting.key())
            .put("value", shown(value.text()))
            .put("from", value.origin()));
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
