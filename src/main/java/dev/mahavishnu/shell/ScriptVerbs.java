package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Position;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.ProblemView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Does what the script language says: variables, expectations, choices, aliases. */
final class ScriptVerbs {
  private final Workplace place;
  private final Stage stage;
  private final Variables variables;
  private final Aliases aliases;
  private final Judge judge;
  private final Performer performer;

  /** Does statements that stand within others. */
  interface Performer {
    /** Gives the exit code. */
    int perform(Statement statement);

    /** The same, but what fails is no failure of the script. */
    int attempt(Statement statement);

    /** Whether nothing is to follow. */
    boolean isOver();
  }

  ScriptVerbs(
      Workplace place, Stage stage, Variables variables, Aliases aliases, Performer performer) {
    this.place = place;
    this.stage = stage;
    this.variables = variables;
    this.aliases = aliases;
    this.judge = new Judge(place, variables);
    this.performer = performer;
  }

  int take(Statement statement, ScriptLine line) {
    return switch (line) {
      case ScriptLine.Let let -> let(statement, let);
      case ScriptLine.Expect expect -> expect(statement, expect.condition());
      case ScriptLine.Try tried -> attempt(statement.part(tried.statement()));
      case ScriptLine.Alias alias -> alias(alias);
      case ScriptLine.Unalias unalias -> unalias(unalias.name());
      case ScriptLine.Listing listing ->
          listing.word() == Keyword.LET ? list(values()) : aliases(listing.name());
      case ScriptLine.If _, ScriptLine.Else _, ScriptLine.End _, ScriptLine.Wrong _ ->
          throw new IllegalArgumentException("is done elsewhere");
    };
  }

  private int let(Statement statement, ScriptLine.Let let) {
    LetValue value = LetValue.of(let);
    if (value instanceof LetValue.Computed computed) {
      return switch (judge.rule(computed.condition())) {
        case Judge.Ruling.Value known -> {
          variables.set(let.name(), known.value());
          yield Exit.COMPLETED;
        }
        case Judge.Ruling.Nothing nothing ->
            faulty(statement, computed.condition().at(), nothing.why(), "");
        case Judge.Ruling.Wrong wrong ->
            faulty(statement, wrong.at(), wrong.message(), wrong.hint());
        case Judge.Ruling.NoSuchRun none ->
            faulty(statement, computed.condition().at(), none.why(), "");
      };
    }
    Replacing replacing = new Replacing(variables::get);
    JsonNode known = LetValue.value(value, replacing);
    Optional<String> unknown = replacing.unknown().stream().findFirst();
    if (unknown.isPresent()) {
      String name = unknown.get();
      return faulty(
          statement,
          let.at() + Math.max(0, place(let.value(), name)),
          Judge.unknown(name),
          Judge.hint(variables, name));
    }
    variables.set(let.name(), known);
    return Exit.COMPLETED;
  }

  private static int place(String value, String name) {
    int plain = value.indexOf("$" + name);
    return plain < 0 ? value.indexOf("${" + name) : plain;
  }

  private int expect(Statement statement, Condition condition) {
    return switch (judge.rule(condition)) {
      case Judge.Ruling.Value known when known.value().isBoolean() -> {
        boolean holds = known.value().booleanValue();
        yield holds ? Exit.COMPLETED : failed(statement, condition, known.seen());
      }
      case Judge.Ruling.Value known -> undecided(statement, condition, known.value());
      case Judge.Ruling.Nothing nothing -> failed(statement, condition, nothing.why());
      case Judge.Ruling.Wrong wrong -> faulty(statement, wrong.at(), wrong.message(), wrong.hint());
      case Judge.Ruling.NoSuchRun none -> faulty(statement, condition.at(), none.why(), "");
    };
  }

  private int undecided(Statement statement, Condition condition, JsonNode value) {
    return faulty(
        statement,
        condition.at(),
        "it is " + judge.shown(value) + ", which is neither true nor false",
        "compare it, as in x == 1");
  }

  private int failed(Statement statement, Condition condition, String why) {
    Position at = position(statement, 0);
    String run = condition.run().map(name -> "@" + name + " ").orElse("");
    String said = "expect " + Cells.clean(run + condition.expression()) + ": " + why;
    stage.complain(List.of(stage.place(at.line(), at.column()) + said));
    return Exit.FAILED;
  }

  /** Says what is wrong in a statement, with a caret under it. */
  int faulty(Statement statement, int offset, String message, String hint) {
    Position at = position(statement, offset);
    // What stands before it keeps its place, as the flows of a script do.
    String source =
        "\n".repeat(statement.line() - 1) + " ".repeat(statement.column() - 1) + statement.text();
    Problem problem = new Problem(stage.name(), at, message, hint);
    stage.complain(new ProblemView(place.palette()).lines(List.of(problem), source, stage.width()));
    return Exit.USAGE;
  }

  private static Position position(Statement statement, int offset) {
    String before = statement.text().substring(0, Math.min(offset, statement.text().length()));
    int lines = (int) before.chars().filter(c -> c == '\n').count();
    int start = before.lastIndexOf('\n') + 1;
    int column = before.codePointCount(start, before.length()) + 1;
    return new Position(
        statement.line() + lines, lines == 0 ? statement.column() - 1 + column : column);
  }

  /** Does the branch whose condition holds. */
  int choose(Block block) {
    for (Block.Branch branch : block.branches()) {
      Statement asked = branch.asked();
      stage.at(asked.line());
      switch (judge.rule(branch.condition())) {
        case Judge.Ruling.Value known when known.value().isBoolean() -> {
          if (known.value().booleanValue()) {
            return perform(branch.steps());
          }
        }
        case Judge.Ruling.Value known -> {
          return undecided(asked, branch.condition(), known.value());
        }
        case Judge.Ruling.Nothing nothing -> {
          return faulty(asked, branch.condition().at(), nothing.why(), "");
        }
        case Judge.Ruling.Wrong wrong -> {
          return faulty(asked, wrong.at(), wrong.message(), wrong.hint());
        }
        case Judge.Ruling.NoSuchRun none -> {
          return faulty(asked, branch.condition().at(), none.why(), "");
        }
      }
    }
    return perform(block.otherwise());
  }

  /** Up to the first that fails; gives that one's exit code. */
  private int perform(List<Block.Step> steps) {
    int first = Exit.COMPLETED;
    for (Block.Step step : steps) {
      if (performer.isOver()) {
        break;
      }
      int code =
          switch (step) {
            case Block.Step.Plain plain -> performer.perform(plain.statement());
            case Block.Step.Nested nested -> choose(nested.block());
          };
      first = first == Exit.COMPLETED ? code : first;
      if (code == Exit.INTERRUPTED || (code != Exit.COMPLETED && !stage.keepsGoing())) {
        return code;
      }
    }
    return first;
  }

  private int attempt(Statement statement) {
    int code = performer.attempt(statement);
    return code == Exit.INTERRUPTED ? code : Exit.COMPLETED;
  }

  private int alias(ScriptLine.Alias alias) {
    String name = alias.name();
    if (!Aliases.isName(name)) {
      return complain("`" + name + "` can't be an alias; use lower-case letters, digits, - and _");
    }
    boolean taken = Verb.of(name).isPresent() || Keyword.of(name).isPresent() || isCommand(name);
    if (taken) {
      return complain("`" + name + "` is a word of the shell already; choose another one");
    }
    aliases.put(name, alias.statement());
    return Exit.COMPLETED;
  }

  private boolean isCommand(String name) {
    return !(place.commands().read(List.of(name)) instanceof Commands.Reading.Unknown);
  }

  private int unalias(String name) {
    return aliases.remove(name) ? Exit.COMPLETED : noAlias(name);
  }

  private int noAlias(String name) {
    return complain("there is no alias `" + name + "`; `alias` lists them");
  }

  private int aliases(String name) {
    if (name.isEmpty()) {
      return list(aliases.all());
    }
    return aliases.get(name).map(text -> list(Map.of(name, text))).orElseGet(() -> noAlias(name));
  }

  private Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    variables.all().forEach((name, value) -> values.put(name, judge.shown(value)));
    return values;
  }

  private int list(Map<String, String> named) {
    named.forEach((name, text) -> stage.say(Cells.clean(name + " = " + text)));
    return Exit.COMPLETED;
  }

  private int complain(String line) {
    stage.complain(List.of(Cells.clean(line)));
    return Exit.USAGE;
  }
}
