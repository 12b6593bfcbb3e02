package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** Commands of one word that take a run. */
  private static final Set<String> OF_RUNS = Set.of("report", "logs", "tail");

  private final Commands commands;
  private final Variables variables;
  private final Aliases aliases;

  /** Without variables and aliases. */
  Dispatch(Commands commands) {
    this(commands, new Variables(), new Aliases());
  }

  Dispatch(Commands commands, Variables variables, Aliases aliases) {
    this.commands = commands;
    this.variables = variables;
    this.aliases = aliases;
  }

  /** What a statement asks for whose first word is no alias, or was one. */
  Saying of(Statement statement) {
    return switch (statement.form()) {
      case SPEC -> new Saying.Spec(statement.text());
      case BLOCK -> choice(Block.of(statement));
      case LINE ->
          ScriptLine.of(statement.text())
              .map(line -> script(statement, line))
              .orElseGet(() -> line(statement.text()));
    };
  }

  private static Saying choice(Block.Read read) {
    return switch (read) {
      case Block.Read.Good good -> new Saying.Choice(good.block());
      case Block.Read.Bad bad ->
          new Saying.Faulty(bad.statement(), bad.at(), bad.message(), bad.hint());
    };
  }

  private Saying script(Statement statement, ScriptLine line) {
    return switch (line) {
      case ScriptLine.If asked when asked.then().isPresent() -> choice(Block.of(statement, asked));
      case ScriptLine.If _ -> choice(Block.of(statement));
      case ScriptLine.Else _ -> new Saying.Faulty(statement, 0, "`else` is in no `if`", "");
      case ScriptLine.End _ -> new Saying.Faulty(statement, 0, "`end` ends no `if`", "");
      case ScriptLine.Wrong wrong ->
          new Saying.Faulty(statement, wrong.at(), wrong.message(), wrong.hint());
      case ScriptLine.Try tried -> {
        Saying inner = of(aliases.expand(statement.part(tried.statement())));
        boolean words = inner instanceof Saying.Sentence && !statement.text().startsWith("/");
        yield words ? new Saying.Sentence(statement.text(), "") : new Saying.Script(line);
      }
      case ScriptLine.Let _,
          ScriptLine.Expect _,
          ScriptLine.Alias _,
          ScriptLine.Listing _,
          ScriptLine.Unalias _ ->
          new Saying.Script(line);
    };
  }

  private Saying line(String text) {
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
    Replacing replacing = new Replacing(variables::get);
    Optional<Saying> debug = debug(slash ? text.substring(1) : text, replacing);
    if (debug.isPresent()) {
      return debug.get();
    }
    return switch (Words.split(slash ? text.substring(1) : text, replacing)) {
      case Words.Whole whole when slash && !isPath(whole) ->
          refused(replacing).orElseGet(() -> slash(whole.texts()));
      case Words.Whole whole -> bare(text, whole, replacing);
      case Words.Unclosed _ when slash -> new Saying.Wrong("a quote or a bracket is not closed");
      case Words.Unclosed _ -> new Saying.Sentence(text, "");
    };
  }

  /**
   * While a run is debugged, the debugger's words come first. Variables stand in what it takes as
   * words, and not in its expressions and values.
   */
  private Optional<Saying> debug(String text, Replacing replacing) {
    String[] parts = text.strip().split("\\s+", 2);
    Optional<DebugVerb> verb = DebugVerb.of(parts[0]);
    if (verb.isEmpty() || commands.debugged().isEmpty()) {
      return Optional.empty();
    }
    String raw = parts.length > 1 ? parts[1].strip() : "";
    List<String> rest =
        switch (Words.split(text.strip(), replacing)) {
          case Words.Whole w -> w.texts().subList(1, w.words().size());
          case Words.Unclosed _ -> List.of(raw);
        };
    if (!verb.get().takes(rest)) {
      return Optional.empty();
    }
    Saying said = new Saying.Debug(verb.get(), rest, raw);
    return switch (verb.get()) {
      case BREAK, UNBREAK, PRINT, SET -> Optional.of(said);
      default -> refused(replacing).or(() -> Optional.of(said));
    };
  }

  /** {@code /usr/bin/env …} is no command of ours. */
  private static boolean isPath(Words.Whole whole) {
    return !whole.words().isEmpty() && whole.words().getFirst().text().contains("/");
  }

  /** Why words can't be taken as those of a command: a variable stands in them that is none. */
  private Optional<Saying> refused(Replacing replacing) {
    Optional<Saying> unknown =
        replacing.unknown().stream()
            .findFirst()
            .map(name -> Judge.unknown(name) + "; " + Judge.hint(variables, name))
            .map(Saying.Wrong::new);
    return unknown.or(
        () ->
            replacing.dashed().stream()
                .findFirst()
                .map(
                    word ->
                        new Saying.Wrong(
                            "the value of `"
                                + Cells.clean(word)
                                + "` begins with a dash and would be an option; write"
                                + " --OPTION="
                                + Cells.clean(word))));
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

  private Saying bare(String text, Words.Whole whole, Replacing replacing) {
    boolean quoted = !whole.words().isEmpty() && whole.words().getFirst().quote() != ' ';
    List<String> words = whole.texts();
    Optional<Saying> verb = quoted ? Optional.empty() : verb(words);
    if (verb.isPresent()) {
      // What stands after `fix` may be words for a model, which know no variables.
      return verb.filter(v -> v instanceof Saying.Draft d && d.verb() == Verb.FIX)
          .or(() -> refused(replacing))
          .orElseGet(verb::get);
    }
    List<String> order = inBackground(words);
    return switch (commands.read(order)) {
      case Commands.Reading.Whole _ when isOfNoRun(order) ->
          new Saying.Sentence(text, "`" + order.getFirst() + "` takes a run");
      case Commands.Reading.Whole _ -> refused(replacing).orElseGet(() -> new Saying.Order(order));
      case Commands.Reading.Wrong w -> new Saying.Sentence(text, w.message());
      case Commands.Reading.Unknown u -> new Saying.Sentence(text, u.hint());
    };
  }

  /** {@code report sales} is no command: people begin sentences with such words. */
  private static boolean isOfNoRun(List<String> words) {
    return words.size() > 1
        && OF_RUNS.contains(words.getFirst())
        && !words.get(1).startsWith("-")
        && !Verb.isRun(words.get(1))
        && !words.get(1).matches("[a-z2-7]{4}");
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
