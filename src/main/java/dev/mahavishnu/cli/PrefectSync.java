package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.mirror.Backlog;
import dev.mahavishnu.prefect.mirror.Mirrors;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.view.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code prefect sync}: tells the server what it missed, and hears what it says. */
@Command(
    name = "sync",
    description = {
      "Tell the Prefect server what it missed of the runs here, and go on with runs that wait for"
          + " a person who has answered there.",
      "By default every run of which it was told something, or should have been."
    },
    footer = {"prefect sync", "prefect sync --all"})
final class PrefectSync implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(paramLabel = "RUN", description = "Only these runs, also ones it never heard of.")
  List<String> runs = new ArrayList<>();

  @Option(names = "--all", description = "All runs of the workspace, also ones it never heard of.")
  boolean all;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  PrefectSync(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (all && !runs.isEmpty()) {
      throw CommandFailure.usage("name runs, or say --all: one of the two");
    }
    Mirrors mirrors = bench.mirror().mirrors();
    List<RunId> chosen = chosen(mirrors);
    List<Backlog> left = told(mirrors, chosen);
    int answered = runs.isEmpty() ? answered(mirrors) : 0;
    if (output == OutputFormat.JSON) {
      bench.out().println(json(mirrors, chosen, left, answered));
    } else if (left.isEmpty()) {
      bench.out().println("Nothing is left to tell " + Cells.clean(mirrors.server()) + ".");
    }
    return left.isEmpty() ? ExitCode.COMPLETED : ExitCode.UNREACHABLE;
  }

  private List<RunId> chosen(Mirrors mirrors) {
    if (all) {
      List<RunId> everything =
          new ArrayList<>(bench.store().history().list().map(RunSummary::run).toList());
      return everything.reversed();
    }
    return runs.isEmpty()
        ? mirrors.behind()
        : runs.stream().map(name -> new Runs(bench).find(name)).toList();
  }

  private List<Backlog> told(Mirrors mirrors, List<RunId> chosen) throws InterruptedException {
    try {
      return mirrors.sync(chosen, line -> say(Cells.clean(line)));
    } catch (PrefectException e) {
      List<Backlog> left = mirrors.left(chosen);
      long events = left.stream().mapToLong(Backlog::events).sum();
      say(
          (left.size() == 1 ? "1 run waits" : left.size() + " runs wait")
              + " to be told"
              + (events == 0 ? "" : events == 1 ? ", 1 event" : ", " + events + " events"));
      throw e;
    }
  }

  /** Goes on with the runs to which somebody answered on the server. */
  private int answered(Mirrors mirrors) throws InterruptedException {
    Engine engine = bench.engine();
    List<RunHandle> driven = mirrors.inbound(engine::command);
    for (RunHandle handle : driven) {
      say("run " + handle.run() + ": answered on the server");
      say("run " + handle.run() + " is " + handle.await().name());
    }
    return driven.size();
  }

  private void say(String line) {
    (output == OutputFormat.JSON ? bench.err() : bench.out()).println(line);
  }

  private static ObjectNode json(
      Mirrors mirrors, List<RunId> chosen, List<Backlog> left, int answered) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("server", mirrors.server());
    json.put("looked_at", chosen.size());
    json.put("answered", answered);
    var list = json.putArray("left");
    for (Backlog backlog : left) {
      ObjectNode one = list.addObject();
      one.put("run", backlog.run().text()).put("events", backlog.events());
      backlog.why().ifPresent(why -> one.put("why", why));
    }
    return json;
  }
}
