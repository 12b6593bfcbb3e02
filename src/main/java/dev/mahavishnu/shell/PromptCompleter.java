package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.shell.PromptParser.Typed;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What may stand where the cursor is, each with a few words about it; no server is asked. */
final class PromptCompleter implements Completer {
  private static final int MOST_RUNS = 50;
  private static final int MOST_FILES = 500;

  private static final String PARAM = "--param";

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
      List<Offer> offers = offers(typed.before(), typed.word());
      candidates.addAll(OfferList.fitting(offers, typed.word(), reader.getTerminal().getSize()));
    } catch (RuntimeException _) {
      // A workspace that can't be read offers nothing; the command itself will say why.
    }
  }

  List<Candidate> candidates(List<String> before, String begun) {
    return OfferList.of(offers(before, begun));
  }

  /** Each once, in the order in which they are to be shown. */
  private List<Offer> offers(List<String> before, String begun) {
    Map<String, Offer> words = new LinkedHashMap<>();
    words(before, begun).forEach(word -> words.putIfAbsent(word.text(), word));
    return List.copyOf(words.values());
  }

  private List<Offer> words(List<String> before, String begun) {
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
    boolean help = words.getFirst().equals(Verb.HELP.text());
    if (help) {
      words.removeFirst();
    }
    List<Offer> found = new ArrayList<>();
    found.addAll(debugged(words));
    found.addAll(verb(words, begun));
    found.addAll(command(words, begun, ""));
    if (help && words.isEmpty()) {
      Arrays.stream(Verb.values()).forEach(v -> found.add(new Offer(v.text(), v.description())));
    } else if (!slash) {
      found.addAll(sentence(begun));
    }
    return found;
  }

  /** Tasks of the run that is debugged, after one of the debugger's words. */
  private List<Offer> debugged(List<String> words) {
    Optional<RunId> run = place.get().commands().debugged();
    boolean next = words.size() == 1 && DebugVerb.of(words.getFirst()).isPresent();
    return next && run.isPresent() ? tasks(List.of(run.get().text())) : List.of();
  }

  /** What may stand after a verb. */
  private List<Offer> verb(List<String> words, String begun) {
    Optional<Verb> verb = words.isEmpty() ? Optional.empty() : Verb.of(words.getFirst());
    if (verb.isEmpty()) {
      return List.of();
    }
    boolean next = words.size() == 1;
    return switch (verb.get()) {
      case WHY, FIX, FG, BG, WATCH, WAIT -> next ? runs() : List.of();
      case MODEL -> next ? List.of(new Offer(Models.OFFLINE, "no model")) : List.of();
      case TRANSCRIPT -> next ? sessions() : List.of();
      case RUN -> run(words, begun);
      case SAVE, SHOW, DIFF, EDIT, UNDO, REDO, DISCARD, COST, HELP, EXIT, QUIT, JOBS -> List.of();
    };
  }

  /** Parameters of the draft. */
  private List<Offer> run(List<String> words, String begun) {
    Optional<Flow> flow = draft.get().map(Draft::flow);
    boolean params = words.stream().skip(1).allMatch(w -> w.startsWith(PARAM) || w.contains("="));
    if (!params || flow.isEmpty() || flow.get().parameters().isEmpty()) {
      return List.of();
    }
    if (words.getLast().equals(PARAM)) {
      return ParameterOffers.of(flow, begun);
    }
    return begun.startsWith(PARAM + "=")
        ? ParameterOffers.of(flow, begun)
        : List.of(new Offer(PARAM, "a parameter of the draft"));
  }

  private List<Offer> sessions() {
    List<Offer> found = new ArrayList<>();
    found.add(new Offer("list", "the sessions that were kept"));
    Transcript.all(place.get().state()).stream()
        .limit(MOST_RUNS)
        .forEach(t -> found.add(new Offer(t.id(), "session")));
    return found;
  }

  private List<Offer> first(String begun) {
    if (begun.startsWith("!")) {
      return files(begun.substring(1), "!");
    }
    String slash = begun.startsWith("/") ? "/" : "";
    List<Offer> found = new ArrayList<>();
    if (place.get().commands().debugged().isPresent()) {
      Arrays.stream(DebugVerb.values())
          .forEach(v -> found.add(new Offer(slash + v.text(), v.description())));
    }
    found.addAll(command(List.of(), begun.substring(slash.length()), slash));
    Arrays.stream(Verb.values())
        .forEach(v -> found.add(new Offer(slash + v.text(), v.description())));
    if (slash.isEmpty()) {
      found.addAll(sentence(begun));
    }
    return found;
  }

  /** Steps of the draft and files may stand anywhere in a request. */
  private List<Offer> sentence(String begun) {
    List<Offer> found = new ArrayList<>();
    draft.get().ifPresent(d -> found.addAll(tasks(d.flow(), " task of the draft")));
    if (begun.startsWith(".") || begun.contains("/")) {
      found.addAll(files(begun, ""));
    }
    return found;
  }

  private static List<Offer> tasks(Flow flow, String of) {
    List<Offer> found = new ArrayList<>();
    for (Task task : flow.tasks()) {
      found.add(new Offer(task.id(), task.work().type() + of));
    }
    return found;
  }

  private List<Offer> command(List<String> words, String begun, String prefix) {
    int equals = begun.startsWith("-") ? begun.indexOf('=') + 1 : 0;
    String option = begun.substring(0, equals);
    String value = begun.substring(equals);
    List<Offer> found = new ArrayList<>();
    for (Commands.Candidate c : place.get().commands().complete(words, begun)) {
      switch (c.kind()) {
        case WORD ->
            found.add(new Offer(prefix + c.text(), c.description(), !c.text().endsWith("=")));
        case FILE -> found.addAll(files(value, option));
        case RUN -> runs().forEach(run -> found.add(run.behind(option)));
        case TASK -> tasks(words).forEach(task -> found.add(task.behind(option)));
        case PARAMETER -> found.addAll(ParameterOffers.of(flow(words), begun));
        case VALUE -> {}
      }
    }
    return found;
  }

  private List<Offer> runs() {
    Workplace at = place.get();
    try (Stream<RunSummary> runs = at.history().stream().flatMap(RunHistory::list)) {
      List<Offer> found = new ArrayList<>();
      runs.limit(MOST_RUNS).forEach(run -> found.add(new Offer(run.run().text(), about(at, run))));
      if (!found.isEmpty()) {
        found.addFirst(new Offer("last", "the newest run"));
      }
      return found;
    }
  }

  private static String about(Workplace at, RunSummary run) {
    Duration age = Duration.between(run.created(), at.clock().instant());
    return run.flow() + ", " + run.state().name() + ", " + Spans.text(age) + " ago";
  }

  /** Tasks of the run or the flow that the line names; of a run, those with a state first. */
  private List<Offer> tasks(List<String> words) {
    List<Offer> found = new ArrayList<>();
    run(words)
        .flatMap(r -> place.get().history().flatMap(h -> h.fold(r)))
        .ifPresent(
            fold ->
                fold.root()
                    .tasks()
                    .forEach(t -> found.add(new Offer(t.task().task(), t.state().name()))));
    flow(words).ifPresent(flow -> found.addAll(tasks(flow, " task")));
    return found;
  }

  private Optional<RunId> run(List<String> words) {
    Optional<RunHistory> history = place.get().history();
    if (history.isEmpty()) {
      return Optional.empty();
    }
    for (String word : words) {
      if (RunId.isRunId(word)) {
        return Optional.of(new RunId(word));
      }
      List<RunId> found = Verb.isRun(word) ? history.get().find(word) : List.of();
      if (found.size() == 1) {
        return Optional.of(found.getFirst());
      }
    }
    try (Stream<RunSummary> runs = history.get().list()) {
      return words.contains("last") ? runs.findFirst().map(RunSummary::run) : Optional.empty();
    }
  }

  /** The flow that the words name after those of the command. */
  private Optional<Flow> flow(List<String> words) {
    return words.stream()
        .skip(2)
        .map(word -> word.startsWith("-") ? word.substring(word.indexOf('=') + 1) : word)
        .filter(word -> !word.isEmpty() && !word.startsWith("-") && !word.contains("="))
        .flatMap(word -> place.get().flow(word).stream())
        .findFirst()
        .or(
            () ->
                run(words)
                    .flatMap(r -> place.get().history().flatMap(h -> h.summary(r)))
                    .flatMap(summary -> place.get().flow(summary.flow())));
  }

  private List<Offer> files(String begun, String prefix) {
    int slash = begun.lastIndexOf('/') + 1;
    String folder = begun.substring(0, slash);
    List<Offer> found = new ArrayList<>();
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

  private static Offer file(String text, Path file) {
    return Files.isDirectory(file) ? new Offer(text + "/", "folder", false) : new Offer(text, "");
  }
}
