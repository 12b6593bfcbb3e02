package dev.mahavishnu.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a command as a POSIX shell would, as far as quoting goes, and puts a quoted variable in the
 * place of each expression. Where shells differ it takes the reading that refuses more. One long
 * file, because every part of a shell's grammar may stand in every other.
 */
final class ShellScanner {
  private enum Kind {
    COMMANDS,
    DOUBLE_QUOTES,
    PARAMETER,
    ARITHMETIC
  }

  /** What is open: brackets or quotes, with what must close them. */
  private static final class Frame {
    private final Kind kind;
    private final Optional<ShellFault> refusal;
    private final ShellWords words;
    private final List<ShellHeredoc> heredocs = new ArrayList<>();
    private int depth;

    Frame(Kind kind, Optional<ShellFault> refusal, ShellWords words, int depth) {
      this.kind = kind;
      this.refusal = refusal;
      this.words = words;
      this.depth = depth;
    }
  }

  private final ShellText text;
  private final List<ExpressionChecker.Fault> faults = new ArrayList<>();
  private final Deque<Frame> frames = new ArrayDeque<>();
  private boolean uncertain;

  ShellScanner(Template template) {
    text = new ShellText(template);
    frames.push(new Frame(Kind.COMMANDS, Optional.empty(), new ShellWords(), 0));
  }

  ShellScript scan() {
    while (!text.atEnd()) {
      if (ShellText.isExpression(text.peek())) {
        expression();
      } else {
        switch (top().kind) {
          case COMMANDS -> commands();
          case DOUBLE_QUOTES -> doubleQuotes();
          case PARAMETER -> parameter();
          case ARITHMETIC -> arithmetic();
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new TemplateException(faults);
    }
    return text.result();
  }

  private Frame top() {
    return frames.element();
  }

  private void expression() {
    boolean quotes = top().kind == Kind.DOUBLE_QUOTES;
    refusal().ifPresent(this::refuse);
    if (ShellText.isExpression(text.peek())) {
      text.takeExpression(quotes);
    }
    top().words.unknown();
  }

  /** Why an expression can't stand here. */
  private Optional<ShellFault> refusal() {
    if (uncertain) {
      return Optional.of(ShellFault.UNCERTAIN);
    }
    return top().refusal.or(top().words::refusal);
  }

  /** Notes that the expression that comes next is refused, and takes it. */
  private void refuse(ShellFault fault) {
    Template.Part.Expression expression = text.takeExpression(false);
    faults.add(
        new ExpressionChecker.Fault(
            expression.offset() - TemplateScanner.OPEN.length(), fault.message(), fault.hint()));
  }

  private void commands() {
    ShellWords words = top().words;
    int c = text.peek();
    switch (c) {
      case '\\' -> backslash();
      case '\'' -> singleQuotes();
      case '"' -> openQuotes();
      case '`' -> backquotes();
      case '$' -> dollar();
      case ' ', '\t' -> {
        text.take();
        words.endWord();
      }
      case '\n' -> newline();
      case ';', '&', '|' -> operator();
      case '<', '>' -> redirection();
      case '(' -> openParenthesis();
      case ')' -> closeParenthesis();
      case '#' -> {
        if (words.inWord()) {
          words.text(text.take(), false);
        } else {
          untilNewline(ShellFault.COMMENT);
        }
      }
      default -> words.text(text.take(), false);
    }
  }

  private void backslash() {
    char before = text.last();
    text.take();
    if (ShellText.isExpression(text.peek())) {
      refuse(ShellFault.BACKSLASH);
      top().words.unknown();
    } else if (text.peek() == '\n') {
      joinLines(before);
    } else if (!text.atEnd()) {
      top().words.text(text.take(), true);
    }
  }

  /** A backslash and a newline are nothing at all, so that they may split what belongs together. */
  private void joinLines(char before) {
    text.take();
    uncertain |= "$<>;(".indexOf(before) >= 0;
  }

  private void singleQuotes() {
    text.take();
    top().words.quotes();
    while (!text.atEnd() && text.peek() != '\'') {
      if (ShellText.isExpression(text.peek())) {
        refuse(ShellFault.SINGLE_QUOTES);
      } else {
        top().words.text(text.take(), true);
      }
    }
    text.take(1);
  }

  private void openQuotes() {
    text.take();
    Frame open = top();
    open.words.quotes();
    frames.push(new Frame(Kind.DOUBLE_QUOTES, open.refusal, open.words, 0));
  }

  private void doubleQuotes() {
    switch (text.peek()) {
      case '"' -> {
        text.take();
        frames.pop();
      }
      case '\\' -> quotedBackslash();
      case '`' -> backquotes();
      case '$' -> dollar();
      default -> top().words.text(text.take(), true);
    }
  }

  private void quotedBackslash() {
    char before = text.last();
    text.take();
    if (ShellText.isExpression(text.peek())) {
      refuse(ShellFault.BACKSLASH);
    } else if (text.peek() == '\n') {
      joinLines(before);
    } else if (text.peek() >= 0 && "$`\"\\".indexOf(text.peek()) >= 0) {
      text.take();
      top().words.unknown();
    } else {
      top().words.text('\\', true);
    }
  }

  /**
   * A backquoted command ends at the first backquote without a backslash, whatever stands before.
   */
  private void backquotes() {
    text.take();
    top().words.unknown();
    while (!text.atEnd() && text.peek() != '`') {
      if (ShellText.isExpression(text.peek())) {
        refuse(ShellFault.BACKQUOTES);
      } else if (text.take() == '\\' && !text.atEnd() && !ShellText.isExpression(text.peek())) {
        text.take();
      }
    }
    text.take(1);
  }

  private void dollar() {
    ShellWords words = top().words;
    Frame open = top();
    if (text.startsWith("$((")) {
      text.take(3);
      words.unknown();
      frames.push(new Frame(Kind.ARITHMETIC, Optional.of(ShellFault.ARITHMETIC), words, 2));
    } else if (text.startsWith("$(")) {
      Optional<ShellFault> refused = refusal();
      text.take(2);
      words.unknown();
      frames.push(new Frame(Kind.COMMANDS, refused, new ShellWords(), 0));
    } else if (text.startsWith("${")) {
      text.take(2);
      words.unknown();
      frames.push(
          new Frame(
              Kind.PARAMETER,
              Optional.of(open.refusal.orElse(ShellFault.PARAMETER)),
              words,
              open.kind == Kind.COMMANDS ? 0 : 1));
    } else if (text.startsWith("$[")) {
      text.take(2);
      words.unknown();
      uncertain = true;
    } else if (text.startsWith("$'") && open.kind == Kind.COMMANDS) {
      ansiQuotes();
    } else {
      text.take();
      words.unknown();
    }
  }

  /** {@code $'…'}: some shells let a backslash keep the quote from ending it, others do not. */
  private void ansiQuotes() {
    text.take();
    int backslashes = 0;
    for (int i = 1; text.peek(i) != '\'' && text.peek(i) != ShellText.END; i++) {
      backslashes = text.peek(i) == '\\' ? backslashes + 1 : 0;
    }
    uncertain |= backslashes % 2 == 1;
    singleQuotes();
    top().words.unknown();
  }

  /** Inside <code>${…}</code>: depth 1 where that stands in double quotes. */
  private void parameter() {
    switch (text.peek()) {
      case '}' -> {
        text.take();
        frames.pop();
      }
      case '\\' -> backslash();
      case '"' -> openQuotes();
      case '`' -> backquotes();
      case '$' -> dollar();
      case '\'' -> {
        if (top().depth == 0) {
          singleQuotes();
        } else {
          // Whether this quotes depends on the operator and the shell.
          uncertain = true;
          text.take();
        }
      }
      default -> text.take();
    }
  }

  private void arithmetic() {
    switch (text.peek()) {
      case '(' -> {
        text.take();
        top().depth++;
      }
      case ')' -> {
        text.take();
        if (--top().depth == 0) {
          frames.pop();
        }
      }
      case '\\' -> backslash();
      case '\'' -> singleQuotes();
      case '"' -> openQuotes();
      case '`' -> backquotes();
      case '$' -> dollar();
      default -> text.take();
    }
  }

  private void operator() {
    char c = text.take();
    if (c == ';' && (text.peek() == ';' || text.peek() == '&')) {
      text.take();
      top().words.endBranch();
    } else {
      top().words.endCommand();
    }
  }

  private void redirection() {
    ShellWords words = top().words;
    if (text.peek(1) == '(') {
      // <(…) and >(…) of bash: a word made of commands.
      Optional<ShellFault> refused = refusal();
      text.take(2);
      words.unknown();
      frames.push(new Frame(Kind.COMMANDS, refused, new ShellWords(), 0));
      return;
    }
    char c = text.take();
    words.redirect();
    if (c == '<' && text.startsWith("<") && !text.startsWith("<<")) {
      text.take();
      boolean tabs = text.peek() == '-';
      text.take(tabs ? 1 : 0);
      ShellHeredoc heredoc = new ShellHeredoc(tabs);
      uncertain |= !heredoc.readDelimiter(text, this::refuse);
      top().heredocs.add(heredoc);
      words.quotes();
      words.endWord();
    } else if (text.startsWith("<<")) {
      text.take(2);
    } else if (text.peek() == '&'
        || text.peek() == '|'
        || text.peek() == '>'
        || text.peek() == '<') {
      text.take();
    }
  }

  private void newline() {
    text.take();
    top().words.endCommand();
    for (ShellHeredoc heredoc : top().heredocs) {
      heredoc.readBody(text, this::refuse);
    }
    top().heredocs.clear();
  }

  private void openParenthesis() {
    Frame open = top();
    if (open.words.inPattern()) {
      text.take();
      open.words.endWord();
    } else if (text.startsWith("((")) {
      text.take(2);
      open.words.endWord();
      frames.push(new Frame(Kind.ARITHMETIC, Optional.of(ShellFault.ARITHMETIC), open.words, 2));
    } else {
      text.take();
      Optional<ShellFault> refused = open.refusal.or(open.words::bracketRefusal);
      open.words.endCommand();
      frames.push(new Frame(Kind.COMMANDS, refused, new ShellWords(), 0));
    }
  }

  private void closeParenthesis() {
    text.take();
    if (top().words.endPattern() || frames.size() == 1) {
      return;
    }
    // A here-document left open where its commands end: shells differ in where its text is.
    uncertain |= !top().heredocs.isEmpty();
    frames.pop();
  }

  private void untilNewline(ShellFault fault) {
    while (!text.atEnd() && text.peek() != '\n') {
      if (ShellText.isExpression(text.peek())) {
        refuse(fault);
      } else {
        text.take();
      }
    }
  }
}
