package dev.mahavishnu.store;

import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads runs from their folders, whoever holds them. Safe for several threads. */
final class History implements RunHistory {
  private final Setting setting;
  private final Journals journals;
  private final Catalog catalog;
  private final Lives lives;

  History(Setting setting, Journals journals, Catalog catalog) {
    this.setting = setting;
    this.journals = journals;
    this.catalog = catalog;
    this.lives = new Lives(journals);
  }

  @Override
  public Stream<RunSummary> list() {
    Map<String, RunSummary> known = catalog.read();
    List<String> names = names();
    Map<RunId, Lives.Seen> seen = new HashMap<>();
    for (String name : names) {
      if (!known.containsKey(name) && RunId.isRunId(name)) {
        RunId id = new RunId(name);
        lives.look(id).ifPresent(run -> seen.put(id, run));
      }
    }
    remember(seen);
    Map<String, RunSummary> all = new HashMap<>(known);
    seen.forEach((id, run) -> all.put(id.text(), run.summary()));
    return names.stream().flatMap(name -> Optional.ofNullable(all.get(name)).stream());
  }

  /** What had to be read from its folder and stays so is in the catalog next time. */
  private void remember(Map<RunId, Lives.Seen> seen) {
    List<RunSummary> settled =
        seen.values().stream().filter(Lives.Seen::settled).map(Lives.Seen::summary).toList();
    if (!settled.isEmpty()) {
      catalog.closed(
          settled,
          run -> lives.isStill(run.run(), Objects.requireNonNull(seen.get(run.run())).length()));
    }
  }

  /** Names of the folders of runs, newest first, and whatever else is there. */
  private List<String> names() {
    // Names alone: a path an entry takes most of the time of a list of ten thousand.
    String[] names = journals.folder().toFile().list();
    if (names == null) {
      throw new StoreException("the runs in " + journals.folder() + " can't be listed");
    }
    Arrays.sort(names, Comparator.reverseOrder());
    return List.of(names);
  }

  /** Whether the run has its first event, or may have: it can't be read. */
  boolean isStarted(RunId run) {
    return lives.look(run).isPresent();
  }

  @Override
  public Optional<RunSummary> summary(RunId run) {
    return lives.look(run).map(Lives.Seen::summary);
  }

  @Override
  public Optional<RunFold> fold(RunId run) {
    try {
      return journals.fold(run);
    } catch (IOException e) {
      throw Messages.store("run " + run + " can't be read", e);
    }
  }

  @Override
  public List<Recorded> events(RunId run, long fromSeq) {
    try {
      return journals.events(run, fromSeq);
    } catch (IOException e) {
      throw Messages.store("run " + run + " can't be read", e);
    }
  }

  @Override
  public List<Recorded> events(RunId run, Optional<Recorded> after, int most) {
    try {
      return journals.events(run, after, most);
    } catch (IOException e) {
      throw Messages.store("run " + run + " can't be read", e);
    }
  }

  @Override
  public JsonNode output(RunId run, long position) {
    RunFolder folder = journals.folder(run);
    Outputs outputs =
        new Outputs(
            setting.disk(), folder.outputs(), setting.keys(), setting.options().outputLimit());
    try (OutputReader reader = new OutputReader(run, folder.path(), outputs)) {
      return reader.at(position);
    }
  }

  @Override
  public LogPage logs(RunId run, long fromOffset) {
    try {
      return LogReader.page(journals.folder(run).log(), fromOffset);
    } catch (IOException e) {
      throw Messages.store("the log of run " + run + " can't be read", e);
    }
  }

  @Override
  public LogPage recentLogs(RunId run, long fromOffset, int most) {
    // Within a line: what is left of that one is not read as one.
    long end = journals.folder(run).log().toFile().length();
    return logs(run, Math.max(fromOffset, end - most));
  }

  @Override
  public List<RunId> find(String text) {
    return names().stream()
        .filter(name -> name.startsWith(text) || name.endsWith(text))
        .filter(RunId::isRunId)
        .map(RunId::new)
        .toList();
  }
}
