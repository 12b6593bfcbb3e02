package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.shell.PromptParser.Typed;
import dev.mahavishnu.spec.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What may stand where the cursor is, each with a few words about it. */
final class PromptCompleter implements Completer {
  private static final int MOST_RUNS = 50;
  private static final int MOST_FILES = 500;

  private final Supplier<Workplace> place;
  private final Supplier<Optional<Draft>> draft;

  PromptCompleter(Supplier<Workplace> place, Supplier<Optional<Draft>> draft) {
    this.place = place;
    this.draft = draft;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (!(line instanceof Typed typed)) {
      return;
    }
    try {
      candidates.addAll(candidates(typed.before(), typed.word()));
    } catch (RuntimeException _) {
      // A workspace that can't be read offers nothing; the command itself will say why.
    }
  }

  List<Candidate> candidates(List<String> before, String begun) {
    if (begun.startsWith("@")) {
      return files(begun.substring(1), "@");
    }
    if (before.isEmpty()) {
      return first(begun);
    }
    List<String> words = new ArrayList<>(before);
    boolean slash = words.getFirst().startsWith("/");
    if (slash) {
      words.set(0, words.getFirst().substring(1));
    }
    if (words.getFirst().equals("help")) {
      words.removeFirst();
    }
    List<Candidate> found = new ArrayList<>(command(words, begun, ""));
    found.addAll(verb(words));
    if (!slash) {
      found.addAll(sentence(begun));
    }
    return found;
  }

  /** What may stand after a verb. */
  private List<Candidate> verb(List<String> words) {
    if (words.size() != 1) {
      return List.of();
    }
    return switch (Verb.of(words.getFirst()).orElse(Verb.EXIT)) {
      case WHY, FIX, FG, BG, WATCH, WAIT -> runs();
      case MODEL -> List.of(candidate(Models.OFFLINE, "no model", true));
      case TRANSCRIPT -> sessions();
      case RUN, SAVE, SHOW, DIFF, EDIT, UNDO, DISCARD, COST, HELP, EXIT, QUIT, JOBS -> List.of();
    };
  }

  private List<Candidate> sessions() {
    List<Candidate> found = new ArrayList<>();
    found.add(candidate("list", "the sessions that were kept", true));
    Transcript.all(place.get().state()).stream()
        .limit(MOST_RUNS)
        .forEach(t -> found.add(candidate(t.id(), "session", true)));
    return found;
  }

  private List<Candidate> first(String begun) {
    if (begun.startsWith("!")) {
      return files(begun.substring(1), "!");
    }
    boolean slash = begun.startsWith("/");
    List<Candidate> found =
        new ArrayList<>(command(List.of(), slash ? begun.substring(1) : begun, slash ? "/" : ""));
    Arrays.stream(Verb.values())
        .filter(v -> found.stream().noneMatch(c -> c.value().equals((slash ? "/" : "") + v.text())))
        .forEach(v -> found.add(candidate((slash ? "/" : "") + v.text(), v.description(), true)));
    if (!slash) {
      found.addAll(sentence(begun));
    }
    return found;
  }

  /** Steps of the draft, flows and files may stand anywhere in a request. */
  private List<Candidate> sentence(String begun) {
    List<Candidate> found = new ArrayList<>();
    draft.get().ifPresent(d -> d.flow().tasks().forEach(t -> found.add(step(t))));
    if (begun.startsWith(".") || begun.contains("/")) {
      found.addAll(files(begun, ""));
    }
    return found;
  }

  private static Candidate step(Task task) {
    return candidate(task.id(), task.work().type() + " task of the draft", true);
  }

  private List<Candidate> command(List<String> words, String begun, String prefix) {
    List<Candidate> found = new ArrayList<>();
    for (Commands.Candidate c : place.get().commands().complete(words, begun)) {
      switch (c.kind()) {
        case WORD -> found.add(candidate(prefix + c.text(), c.description(), true));
        case FILE -> found.addAll(files(begun, ""));
        case FLOW ->
            place.get().flowNames().forEach(name -> found.add(candidate(name, "flow", true)));
        case RUN -> found.addAll(runs());
        case TASK -> found.addAll(tasks(words));
        case VALUE -> {}
      }
    }
    return found;
  }

  private List<Candidate> runs() {
    try (Stream<RunSummary> runs = place.get().history().stream().flatMap(RunHistory::list)) {
      return runs.limit(MOST_RUNS)
          .map(r -> candidate(r.run().text(), r.flow() + ", " + r.state().name(), true))
          .toList();
    }
  }

  /** Tasks of the run that the line names. */
  private List<Candidate> tasks(List<String> words) {
    Optional<RunFold> fold =
        words.stream()
            .filter(RunId::isRunId)
            .findFirst()
            .map(RunId::new)
            .flatMap(r -> place.get().history().flatMap(h -> h.fold(r)));
    return fold.stream()
        .flatMap(f -> f.root().tasks().stream())
        .map(t -> candidate(t.task().task(), t.state().name(), true))
        .toList();
  }

  private List<Candidate> files(String begun, String prefix) {
    int slash = begun.lastIndexOf('/') + 1;
    String folder = begun.substring(0, slash);
    List<Candidate> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(place.get().root().resolve(folder))) {
      files
          .limit(MOST_FILES)
          .filter(f -> begun.startsWith(".", slash) || !name(f).startsWith("."))
          .sorted()
          .forEach(f -> found.add(file(prefix + folder + name(f), f)));
    } catch (IOException | InvalidPathException _) {
      // No such folder: nothing to offer.
    }
    return found;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Candidate file(String text, Path file) {
    return Files.isDirectory(file)
        ? candidate(text + "/", "folder", false)
        : candidate(text, "", true);
  }

  /**
   * @param whole whether a blank may follow
   */
  private static Candidate candidate(String text, String description, boolean whole) {
    return new Candidate(
        text, text, null, description.isEmpty() ? null : description, null, null, whole);
  }
}
