package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides what a statement asks for. */
final class Dispatch {
  /** The option by which a run goes on in a process of its own. */
  static final String NO_WAIT = "--no-wait";

  private static final Pattern WHY =
      Pattern.compile(
          "(?i)why did (?:it|that|this|the run|the last run) (?:fail|crash|stop)\\s*\\??"
              + "|what went wrong\\s*\\??");

  private static final Pattern FIX =
      Pattern.compile("(?i)(?:please )?fix (?:it|that|this)(?:,? please)?[.!]?");

  private final Commands commands;

  Dispatch(Commands commands) {
    this.commands = commands;
  }

  Saying of(Statement statement) {
    String text = statement.text();
    if (statement.form() == Statement.Form.SPEC) {
      return new Saying.Spec(text);
    }
    if (text.startsWith("!")) {
      String command = text.substring(1).strip();
      return command.isEmpty()
          ? new Saying.Wrong("say what the system's shell should do: `!ls`")
          : new Saying.Outside(command);
    }
    if (WHY.matcher(text).matches()) {
      return new Saying.Draft(Verb.WHY, List.of(), false);
    }
    if (FIX.matcher(text).matches()) {
      return new Saying.Draft(Verb.FIX, List.of(), false);
    }
    boolean slash = text.startsWith("/");
    Optional<Saying> debug = debug(slash ? text.substring(1) : text);
    if (debug.isPresent()) {
      return debug.get();
    }
    return switch (Words.split(slash ? text.substring(1) : text)) {
      case Words.Whole whole when slash && !isPath(whole) -> slash(whole.texts());
      case Words.Whole whole -> bare(text, whole);
      case Words.Unclosed _ when slash -> new Saying.Wrong("a quote or a bracket is not closed");
      case Words.Unclosed _ -> new Saying.Sentence(text, "");
    };
  }

  /** While a run is debugged, the debugger's words come first. */
  private Optional<Saying> debug(String text) {
    String[] parts = text.strip().split("\\s+", 2);
    Optional<DebugVerb> verb = DebugVerb.of(parts[0]);
    if (verb.isEmpty() || commands.debugged().isEmpty()) {
      return Optional.empty();
    }
    String raw = parts.length > 1 ? parts[1].strip() : "";
    List<String> rest =
        switch (Words.split(raw)) {
          case Words.Whole w -> w.texts();
          case Words.Unclosed _ -> List.of(raw);
        };
    return verb.get().takes(rest)
        ? Optional.of(new Saying.Debug(verb.get(), rest, raw))
        : Optional.empty();
  }

  /** {@code /usr/bin/env …} is no command of ours. */
  private static boolean isPath(Words.Whole whole) {
    return !whole.words().isEmpty() && whole.words().getFirst().text().contains("/");
  }

  private Saying slash(List<String> words) {
    if (words.isEmpty()) {
      return new Saying.Wrong("say which command: `/help` lists them");
    }
    Optional<Saying> verb = verb(words).or(() -> run(words));
    if (verb.isPresent()) {
      return verb.get();
    }
    Optional<Verb> known = Verb.of(words.getFirst()).filter(v -> v != Verb.RUN);
    if (known.isPresent()) {
      String rest = Cells.clean(String.join(" ", words.subList(1, words.size())));
      return new Saying.Wrong(
          "`" + known.get().text() + "` takes no `" + rest + "`: " + known.get().description());
    }
    // What may be wrong with a command, the command itself says best.
    return new Saying.Order(inBackground(words));
  }

  private Saying bare(String text, Words.Whole whole) {
    boolean quoted = !whole.words().isEmpty() && whole.words().getFirst().quote() != ' ';
    List<String> words = whole.texts();
    Optional<Saying> verb = quoted ? Optional.empty() : verb(words);
    if (verb.isPresent()) {
      return verb.get();
    }
    List<String> order = inBackground(words);
    return switch (commands.read(order)) {
      case Commands.Reading.Whole _ -> new Saying.Order(order);
      case Commands.Reading.Wrong w -> new Saying.Sentence(text, w.message());
      case Commands.Reading.Unknown u -> new Saying.Sentence(text, u.hint());
    };
  }

  private Optional<Saying> verb(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    boolean background = words.size() > 1 && words.getLast().equals("&");
    List<String> rest = words.subList(1, words.size() - (background ? 1 : 0));
    return Verb.of(words.getFirst())
        .filter(v -> !background || v == Verb.RUN)
        .filter(v -> v.takes(rest) || (v == Verb.HELP && isCommand(rest)))
        .map(v -> new Saying.Draft(v, rest, background));
  }

  /** After a slash any word may name a run. */
  private static Optional<Saying> run(List<String> words) {
    return Verb.of(words.getFirst())
        .filter(Verb::namesRun)
        .map(verb -> new Saying.Draft(verb, words.subList(1, words.size()), false));
  }

  private boolean isCommand(List<String> words) {
    return !(commands.read(words) instanceof Commands.Reading.Unknown);
  }

  /** A trailing {@code &} is a short way to write {@code --no-wait}. */
  private static List<String> inBackground(List<String> words) {
    if (words.isEmpty() || !words.getLast().equals("&")) {
      return words;
    }
    List<String> order = new ArrayList<>(words.subList(0, words.size() - 1));
    order.add(NO_WAIT);
    return order;
  }
}
