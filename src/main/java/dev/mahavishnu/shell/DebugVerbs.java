package dev.mahavishnu.shell;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does what is said about the run that is debugged. All but the editor and the place in time at
 * which one looks are the commands under {@code run}.
 */
final class DebugVerbs {
  private final Workplace place;
  private final Stage stage;
  private final Editing editing;
  private final Supplier<Path> scratch;
  private Optional<Moment> moment = Optional.empty();

  /** The event after which the run is looked at. */
  private record Moment(RunId run, long seq) {}

  DebugVerbs(Workplace place, Stage stage, Editing editing, Supplier<Path> scratch) {
    this.place = place;
    this.stage = stage;
    this.editing = editing;
    this.scratch = scratch;
  }

  /** What the prompt says of it. */
  static Optional<String> label(Workplace place) {
    return place.commands().debugged().map(run -> "debug " + run.text().replaceAll(".*-", ""));
  }

  int take(Saying.Debug said) {
    RunId run = place.commands().debugged().orElseThrow();
    List<String> rest = said.rest();
    moment = moment.filter(m -> m.run().equals(run));
    return switch (said.verb()) {
      case BACK -> move(run, -count(rest));
      case FORWARD -> move(run, count(rest));
      case NOW -> {
        moment = Optional.empty();
        yield where(run);
      }
      case WHERE -> where(run);
      case PRINT -> looking(run, "print", List.of(said.raw()));
      case INPUTS -> looking(run, "inputs", rest);
      case BREAK -> order(run, "break", said.raw().isEmpty() ? List.of() : List.of(said.raw()));
      case UNBREAK -> {
        List<String> words = new ArrayList<>(List.of("--remove"));
        words.addAll(said.raw().isEmpty() ? List.of() : List.of(said.raw()));
        yield order(run, "break", words);
      }
      case SET -> order(run, "set", set(said.raw()));
      case STEP, NEXT, CONTINUE -> {
        moment = Optional.empty();
        yield order(run, said.verb().text(), rest);
      }
      case ENV, LOGS, SKIP, MARK, AGAIN, DIFF, WHY -> order(run, said.verb().text(), rest);
      case SHELL -> rest.size() > 1 ? order(run, "shell", rest) : outside(run, rest.getFirst());
      case RUN -> order(run, "alone", rest);
      case FORK -> fork(run, rest);
      case EDIT -> edit(run, rest.stream().findFirst());
      case DONE -> {
        place.commands().debugNoMore();
        stage.say("run " + run + " stays as it is; `debug " + run + "` comes back to it");
        yield Exit.COMPLETED;
      }
    };
  }

  private int order(RunId run, String verb, List<String> rest) {
    List<String> words = new ArrayList<>(List.of("run", verb, run.text()));
    words.addAll(rest);
    return place.commands().run(words);
  }

  private int looking(RunId run, String verb, List<String> rest) {
    List<String> words = new ArrayList<>(rest);
    moment.ifPresent(m -> words.addAll(List.of("--at", String.valueOf(m.seq()))));
    return order(run, verb, words);
  }

  private int where(RunId run) {
    return looking(run, "where", List.of());
  }

  private static int count(List<String> rest) {
    return rest.isEmpty() ? 1 : Integer.parseInt(rest.getFirst());
  }

  /** Over so many recorded moves of tasks; nothing happens by that. */
  private int move(RunId run, int steps) {
    List<Long> moves =
        history().events(run, 1).stream()
            .filter(r -> r.event() instanceof RunEvent.TaskMoved)
            .map(Recorded::seq)
            .toList();
    long now = moment.map(Moment::seq).orElse(Long.MAX_VALUE);
    int at = (int) moves.stream().filter(seq -> seq <= now).count() - 1;
    int to = at + steps;
    if (to >= moves.size() - 1) {
      moment = Optional.empty();
      if (steps > 0 && at >= moves.size() - 1) {
        stage.say("this is how the run is now");
      }
      return where(run);
    }
    if (to < 0) {
      stage.say("this is how the run began");
    }
    moment = Optional.of(new Moment(run, to < 0 ? 1 : moves.get(to)));
    return where(run);
  }

  private RunHistory history() {
    return place.history().orElseThrow();
  }

  /** {@code tasks.extract.output = {"rows": 3} --why it was wrong}. */
  private static List<String> set(String raw) {
    String[] why = raw.split("\\s+--why[\\s=]+", 2);
    String[] parts = why[0].strip().split("(?:\\s*=\\s*|\\s+)", 2);
    List<String> words = new ArrayList<>(Arrays.asList(parts));
    if (why.length > 1) {
      words.addAll(List.of("--why", why[1].strip()));
    }
    return words;
  }

  /** A new run to go on with, which stands where it was forked. */
  private int fork(RunId run, List<String> rest) {
    List<String> words = new ArrayList<>(rest);
    words.replaceAll(word -> word.equals("--set") ? "--param" : word);
    if (!words.isEmpty() && !words.getFirst().startsWith("-")) {
      words.add(0, "--at");
    }
    if (moment.isPresent() && !words.contains("--at")) {
      words.addAll(List.of("--at", String.valueOf(moment.get().seq())));
    }
    words.add("--stand");
    return order(run, "fork", words);
  }

  private int outside(RunId run, String task) {
    if (!stage.agrees("`shell` opens a shell")) {
      return Exit.APPROVAL;
    }
    return stage.outside(place.commands().shell(run, task, scratch.get()));
  }

  private int edit(RunId run, Optional<String> task) {
    RunFold fold = history().fold(run).orElseThrow();
    Path folder = Path.of(fold.root().folder());
    ReadResult read = place.read("the run's flow", fold.root().spec(), folder);
    if (!(read instanceof ReadResult.Valid valid)) {
      return complain(Exit.INVALID, "the run's flow can't be read any more");
    }
    Flow flow = valid.source().flow();
    if (task.isPresent() && flow.task(task.get()).isEmpty()) {
      return complain(Exit.USAGE, "no task `" + task.get() + "` in flow " + flow.name());
    }
    return switch (editing.edit("run-" + run + ".yaml", flow, folder, task)) {
      case Editing.Outcome.Same _ -> {
        stage.say("nothing changes");
        yield Exit.COMPLETED;
      }
      case Editing.Outcome.Failed failed -> {
        stage.complain(failed.lines());
        yield Exit.INVALID;
      }
      case Editing.Outcome.Changed changed -> applied(run, changed.text());
    };
  }

  private int applied(RunId run, String text) {
    Path file = scratch.get().resolve("edited-" + run + ".yaml");
    try {
      Files.writeString(file, text);
      int code = order(run, "edit", List.of("--spec", file.toString()));
      Files.delete(file);
      return code;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int complain(int code, String line) {
    stage.complain(List.of(line));
    return code;
  }
}
