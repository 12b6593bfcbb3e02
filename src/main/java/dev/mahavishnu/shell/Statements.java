package dev.mahavishnu.shell;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements from lines: the one lexer of scripts, of {@code -c}, of a pipe and of the
 * prompt. A statement is a line. It goes on over the line end after a {@code \}, within quotes, and
 * in a flow as YAML or JSON. A line that starts with {@code #} is a comment.
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
    for (Gathering last = all.gather(); last != null; last = all.gather()) {
      open = last.open();
    }
    // At a prompt an empty line says that a flow is complete.
    return open == Gathering.Open.YAML && (text.endsWith("\n") || all.ended)
        ? Gathering.Open.NOTHING
        : open;
  }

  private int start;
  private boolean ended;

  /** The next statement; empty at the end. */
  Optional<Statement> next() {
    Gathering gathering = gather();
    return gathering == null ? Optional.empty() : Optional.of(gathering.statement(start));
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
    return line == 1 && bare.startsWith("\ufeff") ? bare.substring(1) : bare;
  }
}
