package dev.mahavishnu.store;

import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads runs from their folders, whoever holds them. Safe for several threads. */
final class History implements RunHistory {
  private final Setting setting;
  private final Path runs;

  History(Setting setting, Path runs) {
    this.setting = setting;
    this.runs = runs;
  }

  /** Whether the run has a journal: it has one from when it was created on. */
  boolean isThere(RunFolder run) throws IOException {
    return !Segment.list(run.path()).isEmpty();
  }

  @Override
  public Stream<RunSummary> list() {
    return ids().stream().flatMap(id -> summary(id).stream());
  }

  private List<RunId> ids() {
    List<RunId> ids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
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
    try {
      boolean held = isHeld(run);
      Optional<RunFold> fold = fold(run);
      if (fold.isEmpty()) {
        return Optional.empty();
      }
      State state = fold.get().state();
      // In this order: who let go after the first look had written its last word by the second.
      if (!held && !state.isFinal() && !isPaused(state) && !isHeld(run)) {
        state = gone(of(run));
      }
      return Optional.of(summary(fold.get(), state));
    } catch (StoreException damaged) {
      return Optional.of(unreadable(run, damaged));
    }
  }

  private boolean isHeld(RunId run) {
    try {
      return Locks.ofProcess().isHeld(of(run).lock());
    } catch (IOException e) {
      throw Messages.store("the lock of run " + run + " can't be read", e);
    }
  }

  private static boolean isPaused(State state) {
    return state instanceof State.Paused;
  }

  private static State gone(RunFolder run) {
    Holder holder = Holder.read(run.holder());
    String who =
        holder.pid() < 0
            ? "the process that ran it is gone"
            : "process " + holder.pid() + " on " + holder.host() + " that ran it is gone";
    return new State.Crashed(who + "; `run resume " + run.run() + "` goes on with it");
  }

  private static RunSummary summary(RunFold fold, State state) {
    return new RunSummary(
        fold.run(),
        fold.created().flow(),
        state,
        state instanceof State.Crashed || isPaused(state),
        fold.createdAt(),
        fold.started(),
        state.isFinal() ? Optional.of(fold.since()) : Optional.empty(),
        fold.counts());
  }

  private static RunSummary unreadable(RunId run, StoreException why) {
    String message = why.getMessage() == null ? "can't be read" : why.getMessage();
    return new RunSummary(
        run,
        "?",
        new State.Crashed(message),
        false,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        TaskCounts.NONE);
  }

  @Override
  public Optional<RunFold> fold(RunId run) {
    RunFold fold = new RunFold();
    read(run, fold::apply);
    return fold.seq() == 0 ? Optional.empty() : Optional.of(fold);
  }

  @Override
  public List<Recorded> events(RunId run, long fromSeq) {
    List<Recorded> events = new ArrayList<>();
    read(
        run,
        recorded -> {
          if (recorded.seq() >= fromSeq) {
            events.add(recorded);
          }
        });
    return events;
  }

  private void read(RunId run, java.util.function.Consumer<Recorded> each) {
    try {
      List<Segment> segments = Segment.list(of(run).path());
      if (!segments.isEmpty()) {
        JournalReader.read(
            run,
            segments,
            0,
            0,
            (seq, position, bytes, from, length) -> {
              EventCodec.Decoded decoded = EventCodec.read(bytes, from, length);
              each.accept(new Recorded(seq, position, decoded.at(), decoded.event()));
            });
      }
    } catch (IOException e) {
      throw Messages.store("run " + run + " can't be read", e);
    }
  }

  @Override
  public JsonNode output(RunId run, long position) {
    RunFolder folder = of(run);
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
      return LogReader.page(of(run).log(), fromOffset);
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

  private RunFolder of(RunId run) {
    return new RunFolder(run, runs.resolve(run.text()));
  }
}
