package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherer;
import java.util.stream.Stream;

/** Finds the run that a person means. */
final class Runs {
  /** The newest run. */
  static final String LAST = "last";

  private final Workbench bench;

  Runs(Workbench bench) {
    this.bench = bench;
  }

  /** A run by its id, the beginning or the end of it, or {@code last}. */
  RunId find(String text) {
    Optional<RunHistory> history = bench.history();
    List<RunId> found = history.map(h -> find(h, text)).orElse(List.of());
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw CommandFailure.usage(none(history, text));
    }
    String some = String.join(", ", found.stream().limit(5).map(RunId::text).toList());
    throw CommandFailure.usage("`" + text + "` is more than one run: " + some);
  }

  /** Whether the text is an id, or the beginning or the end of one. */
  boolean has(String text) {
    return bench.history().filter(h -> !h.find(text).isEmpty()).isPresent();
  }

  static CommandFailure gone(RunId id) {
    return CommandFailure.usage("run " + id + " has just been deleted");
  }

  private static List<RunId> find(RunHistory history, String text) {
    return text.equals(LAST)
        ? newestFirst(history).limit(1).map(RunSummary::run).toList()
        : history.find(text);
  }

  /** All runs; those of one second, which ids can't tell apart, by when they were created. */
  static Stream<RunSummary> newestFirst(RunHistory history) {
    return history
        .list()
        .gather(
            Gatherer.<RunSummary, List<RunSummary>, RunSummary>ofSequential(
                ArrayList::new, Runs::add, Runs::flush));
  }

  private static boolean add(
      List<RunSummary> second, RunSummary run, Gatherer.Downstream<? super RunSummary> down) {
    if (!second.isEmpty() && !second(second.getFirst()).equals(second(run))) {
      flush(second, down);
    }
    second.add(run);
    return !down.isRejecting();
  }

  private static void flush(List<RunSummary> second, Gatherer.Downstream<? super RunSummary> down) {
    second.sort(Comparator.comparing(RunSummary::created).reversed());
    second.forEach(down::push);
    second.clear();
  }

  private static String second(RunSummary run) {
    return run.run().text().substring(0, run.run().text().lastIndexOf('-'));
  }

  private static String none(Optional<RunHistory> history, String text) {
    List<String> recent =
        history.stream()
            .flatMap(h -> h.list().limit(100))
            .flatMap(run -> Stream.of(run.run().text(), shortId(run.run())))
            .toList();
    return recent.isEmpty()
        ? "no run `" + text + "`: nothing has run in this workspace yet"
        : "no run `" + text + "`" + Hints.like(text, recent);
  }

  /** The last letters of an id, by which people name it. */
  static String shortId(RunId run) {
    return run.text().substring(run.text().lastIndexOf('-') + 1);
  }
}
