package dev.mahavishnu.store;

import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    Catalog.Snapshot known = catalog.read();
    List<RunId> ids = ids();
    Map<RunId, Lives.Seen> seen = new HashMap<>();
    for (RunId id : ids) {
      if (!known.has(id)) {
        lives.look(id).ifPresent(run -> seen.put(id, run));
      }
    }
    remember(seen);
    return ids.stream()
        .flatMap(
            id ->
                known
                    .get(id)
                    .or(() -> Optional.ofNullable(seen.get(id)).map(Lives.Seen::summary))
                    .or(() -> known.has(id) ? summary(id) : Optional.empty())
                    .stream());
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

  private List<RunId> ids() {
    List<RunId> ids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(journals.folder())) {
      for (Path folder : folders) {
        String name = folder.getFileName().toString();
        if (RunId.isRunId(name)) {
          ids.add(new RunId(name));
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw Messages.store("the runs can't be listed", e);
    }
    ids.sort(Comparator.reverseOrder());
    return ids;
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
  public List<RunId> find(String text) {
    return ids().stream()
        .filter(id -> id.text().startsWith(text) || id.text().endsWith(text))
        .toList();
  }
}
