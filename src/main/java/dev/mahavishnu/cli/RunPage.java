package dev.mahavishnu.cli;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.run.ChronicleReader;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.report.ReportPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code run report}: all about one run as a page. */
@Command(
    name = "report",
    description = "Write a page about a run: graph, timeline, attempts, logs, outputs.",
    footer = {
      "run report last",
      "run report k7q2 -o /tmp/run.html",
      "report last",
      "report k7q2 -o /tmp/run.html"
    })
final class RunPage implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run; the last one by default.")
  String run = Runs.LAST;

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "Where to; report-RUN.html in the current folder by default.")
  @Nullable String file;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      description = "text or json: how the path is told.")
  OutputFormat output = OutputFormat.TEXT;

  RunPage(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    RunId id = new Runs(bench).find(run);
    String name = file == null ? "report-" + id + ".html" : file;
    NewFile page = new NewFile(bench, name);
    String html = html(id);
    String shown = page.write(html);
    if (output == OutputFormat.JSON) {
      bench.out().println(json(id, page, html));
    } else {
      bench.out().println(shown);
    }
    return ExitCode.COMPLETED;
  }

  private String html(RunId id) {
    Instant now = bench.env().clock().instant();
    Chronicle told =
        new ChronicleReader(bench.store().history(), new KnownSecrets(bench).redactor()::redact)
            .read(id, now)
            .orElseThrow(() -> Runs.gone(id));
    return new ReportPage(told, new Graphs(bench).of(id), now, ZoneId.systemDefault()).html();
  }

  private static String json(RunId id, NewFile page, String html) {
    JsonMapper mapper = new JsonMapper();
    return mapper.writeValueAsString(
        mapper
            .createObjectNode()
            .put("type", "report")
            .put("run", id.text())
            .put("file", page.path().toString())
            .put("bytes", html.getBytes(StandardCharsets.UTF_8).length));
  }
}
