package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Doing;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a step does, with the verb that says so; what else is said of it is {@link
 * AdditionGrammar}'s.
 */
final class StepGrammar {
  private static final Set<String> METHODS =
      Set.of("get", "post", "put", "patch", "delete", "head", "options");

  private final Cursor cursor;
  private final ValueGrammar values;
  private final Amounts amounts;
  private final AdditionGrammar additions;

  StepGrammar(Cursor cursor, ValueGrammar values, AdditionGrammar additions) {
    this.cursor = cursor;
    this.values = values;
    this.amounts = new Amounts(cursor);
    this.additions = additions;
  }

  /** A step with a verb, or a command without one. */
  Optional<StepText> step() {
    int start = cursor.position();
    return with(doing().or(() -> cursor.attempt(this::command)), start);
  }

  /** A step that must have a verb. */
  Optional<StepText> verbStep() {
    int start = cursor.position();
    return with(doing(), start);
  }

  /** What a step that there is should do instead. */
  Optional<Doing> changed() {
    return doing();
  }

  private Optional<StepText> with(Optional<Doing> doing, int start) {
    return doing.map(
        done -> {
          cursor.complete();
          List<StepText.Addition> all = additions.all();
          return new StepText(cursor.since(start), done, all);
        });
  }

  private Optional<Doing> doing() {
    if (cursor.sees("call", "calls")) {
      return cursor.attempt(this::call);
    }
    if (cursor.sees("wait", "waits")) {
      return cursor.attempt(this::approval);
    }
    if (cursor.sees("compute", "computes")) {
      return cursor.attempt(this::compute);
    }
    return cursor.attempt(
        () -> {
          cursor.enter(Form.RUN);
          return cursor.takeAny("run", "runs", "execute", "executes") && cursor.commit()
              ? subflow().or(() -> cursor.attempt(this::command))
              : Optional.empty();
        });
  }

  private Optional<Doing> call() {
    int start = cursor.position();
    cursor.enter(Form.CALL);
    if (!cursor.takeAny("call", "calls")) {
      return Optional.empty();
    }
    cursor.commit();
    Optional<Token> method =
        Commands.isUrl(cursor.peek())
            ? Optional.empty()
            : cursor.take("a method", token -> METHODS.contains(token.word()));
    String name = method.map(token -> token.text().toUpperCase(Locale.ROOT)).orElse("GET");
    return cursor
        .take("a URL", Commands::isUrl)
        .map(url -> new Doing.Call(name, url.text(), cursor.since(start)));
  }

  private Optional<Doing> approval() {
    int start = cursor.position();
    cursor.enter(Form.APPROVAL);
    if (!cursor.takeAny("wait", "waits") || !cursor.commit()) {
      return Optional.empty();
    }
    Optional<Duration> before = atMost("at most");
    if (!cursor.take("for") || !(cursor.take("approval") || cursor.take("an approval"))) {
      return Optional.empty();
    }
    Optional<String> message =
        cursor
            .attempt(() -> cursor.take("a quoted text", t -> t.is(Token.Kind.QUOTED)))
            .map(Token::text);
    Optional<Duration> expires = before.or(() -> atMost("for at most"));
    return Optional.of(new Doing.Approval(message, expires, cursor.since(start)));
  }

  private Optional<Duration> atMost(String phrase) {
    return cursor.attempt(() -> cursor.take(phrase) ? amounts.duration() : Optional.empty());
  }

  private Optional<Doing> compute() {
    int start = cursor.position();
    cursor.enter(Form.COMPUTE);
    if (!cursor.takeAny("compute", "computes") || !cursor.commit()) {
      return Optional.empty();
    }
    return cursor
        .take("an expression in backquotes", token -> token.is(Token.Kind.BACKQUOTED))
        .map(token -> new Doing.Compute(token.text(), cursor.since(start)));
  }

  private Optional<Doing> subflow() {
    return cursor.attempt(
        () -> {
          int start = cursor.position();
          cursor.skip("the");
          if (!cursor.take("flow")) {
            return Optional.empty();
          }
          cursor.enter(Form.SUBFLOW);
          cursor.commit();
          return values
              .newName("a flow's name")
              .map(name -> new Doing.Subflow(name, cursor.since(start)));
        });
  }

  /** {@code ./a.sh --full}, {@code "make all"}, {@code python load.py}. */
  Optional<Doing> command() {
    int start = cursor.position();
    if (cursor.sees("python", "python3")) {
      cursor.take("python", _ -> true);
      cursor.enter(Form.PYTHON);
      cursor.commit();
      return cursor
          .take("a Python file", Commands::isPythonFile)
          .map(file -> new Doing.Python(file.text(), cursor.since(start)));
    }
    Optional<Token> quoted = quotation();
    if (quoted.isPresent()) {
      return quoted.map(token -> new Doing.Run(token.text(), true, token.span()));
    }
    if (Commands.isBarePythonFile(cursor.peek())) {
      return cursor.take("a file", _ -> true).map(t -> new Doing.Python(t.text(), t.span()));
    }
    return cursor
        .take("a command", Commands::isProgram)
        .map(program -> new Doing.Run(withArguments(program), false, cursor.since(start)));
  }

  private Optional<Token> quotation() {
    return Commands.isQuotation(cursor.peek())
        ? cursor.take("a command", _ -> true)
        : Optional.empty();
  }

  private String withArguments(Token program) {
    boolean script = !program.text().contains("/") && program.text().contains(".");
    StringBuilder command = new StringBuilder(script ? "./" : "").append(program.text());
    while (true) {
      cursor.enter(Form.QUOTED);
      Token next = cursor.peek();
      boolean argument = Commands.isArgument(next) || isShellQuoted(next);
      if (cursor.take("an argument", _ -> argument).isEmpty()) {
        return command.toString();
      }
      command.append(' ').append(argument(next));
    }
  }

  private static boolean isShellQuoted(Token token) {
    return token.is(Token.Kind.QUOTED);
  }

  /** As typed, but typographic quotes mean nothing to a shell. */
  private static String argument(Token token) {
    boolean typographic = token.is(Token.Kind.QUOTED) && token.raw().startsWith("“");
    return typographic ? Commands.quote(token.text()) : token.raw();
  }
}
