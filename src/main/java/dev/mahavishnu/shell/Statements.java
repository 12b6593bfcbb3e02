package dev.mahavishnu.shell;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements from lines: the one lexer of scripts, of {@code -c}, of a pipe and of the
 * prompt. A statement is a line. It goes on over the line end after a {@code \}, within quotes, in
 * a flow as YAML or JSON, and from an {@code if} to its {@code end}. A line that starts with {@code
 * #} is a comment.
 *
 * <p>Never reads a line more than it must, so that what comes through a pipe is done when it comes.
 */
final class Statements {
  private final Iterator<String> lines;
  private int line;
  private @Nullable String pushedBack;

  Statements(Iterator<String> lines) {
    this.lines = lines;
  }

  /** The statements of a text. */
  static Statements of(String text) {
    return new Statements(text.lines().iterator());
  }

  /** What a text that was typed so far waits for, before it can be taken. */
  static Gathering.Open open(String text) {
    Statements all = of(text);
    Gathering.Open open = Gathering.Open.NOTHING;
    int blocks = 0;
    for (Gathering last = all.gather(); last != null; last = all.gather()) {
      open = last.open();
      blocks = Math.max(0, blocks + step(last.statement(all.start)));
    }
    // At a prompt an empty line says that a flow is complete.
    if (open == Gathering.Open.YAML && (text.endsWith("\n") || all.ended)) {
      open = Gathering.Open.NOTHING;
    }
    return open == Gathering.Open.NOTHING && blocks > 0 ? Gathering.Open.BLOCK : open;
  }

  /** By how many blocks a statement goes deeper. */
  private static int step(Statement statement) {
    if (statement.form() != Statement.Form.LINE) {
      return 0;
    }
    return switch (ScriptLine.of(statement.text()).orElse(null)) {
      case ScriptLine.If asked when asked.then().isEmpty() -> 1;
      case ScriptLine.End _ -> -1;
      case null, default -> 0;
    };
  }

  private final List<String> taken = new ArrayList<>();
  private int takenFrom;
  private int start;
  private boolean ended;

  /** The next statement; empty at the end. */
  Optional<Statement> next() {
    taken.clear();
    Optional<Statement> first = nextLine();
    return first.filter(s -> step(s) == 1).isPresent() ? first.map(this::block) : first;
  }

  /** The next statement, of a block only its first line. */
  Optional<Statement> nextLine() {
    Gathering gathering = gather();
    return gathering == null ? Optional.empty() : Optional.of(gathering.statement(start));
  }

  private Statement block(Statement first) {
    int depth = 1;
    while (depth > 0) {
      Optional<Statement> next = nextLine();
      if (next.isEmpty()) {
        break;
      }
      depth += step(next.get());
    }
    List<String> lines = taken.subList(first.line() - takenFrom, taken.size());
    return new Statement(first.line(), String.join("\n", lines), Statement.Form.BLOCK);
  }

  private @Nullable Gathering gather() {
    String first = line();
    while (first != null && Gathering.isEmpty(first)) {
      first = line();
    }
    if (first == null) {
      return null;
    }
    start = line;
    ended = false;
    Gathering gathering = new Gathering();
    gathering.add(first);
    while (gathering.open() != Gathering.Open.NOTHING) {
      String more = line();
      if (more == null) {
        return gathering;
      }
      if (gathering.isEnd(more)) {
        ended = true;
        return gathering;
      }
      if (!gathering.add(more)) {
        pushedBack = more;
        taken.removeLast();
        line--;
        return gathering;
      }
    }
    return gathering;
  }

  private @Nullable String line() {
    String next = pushedBack;
    pushedBack = null;
    if (next == null) {
      if (!lines.hasNext()) {
        return null;
      }
      next = lines.next();
    }
    line++;
    String bare = next.endsWith("\r") ? next.substring(0, next.length() - 1) : next;
    String clean = line == 1 && bare.startsWith("\ufeff") ? bare.substring(1) : bare;
    takenFrom = taken.isEmpty() ? line : takenFrom;
    taken.add(clean);
    return clean;
  }
}
