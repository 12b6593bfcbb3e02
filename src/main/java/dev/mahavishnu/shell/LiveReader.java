package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp.Capability;

/**
 * A line reader that shares its lock: whatever is written to the terminal is written under it, or
 * lines get lost. It shows how the line may go on, behind the cursor, and takes that by the keys
 * that would move the cursor there.
 */
final class LiveReader extends LineReaderImpl {
  private static final Pattern WORD = Pattern.compile("\\s*\\S+");

  private UnaryOperator<String> suggestions = _ -> "";
  private AttributedStyle suggested = AttributedStyle.DEFAULT;
  private Runnable windowChange = () -> {};
  private boolean forEditor;

  LiveReader(Terminal terminal) {
    super(terminal, "mahavishnu", null);
  }

  /** Does something while nothing else is written. */
  void alone(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Paints the line that is being typed again, when one is: nothing of it is there any more. */
  void repaint() {
    alone(
        () -> {
          if (reading) {
            terminal.puts(Capability.carriage_return);
            redrawLine();
            redisplay(true);
          }
        });
  }

  /**
   * @param does called while a line is read and the window has changed, also when its size is as it
   *     was: then it has been another one in between
   */
  void onWindowChange(Runnable does) {
    windowChange = does;
  }

  @Override
  protected void handleSignal(Terminal.Signal signal) {
    super.handleSignal(signal);
    if (signal == Terminal.Signal.WINCH) {
      windowChange.run();
    }
  }

  /**
   * Shows from now on how the line may go on.
   *
   * @param rests the rest of a line by its beginning; empty where there is none
   * @param style in which it is told from what was typed
   */
  void suggest(UnaryOperator<String> rests, AttributedStyle style) {
    suggestions = rests;
    suggested = style;
  }

  /** Whether the last line was ended so that it goes to an editor; asked once. */
  boolean takeForEditor() {
    boolean asked = forEditor;
    forEditor = false;
    return asked;
  }

  @Override
  public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
    // Neither in a line that is done, nor while a list or a search is open.
    boolean open = doAutosuggestion && post == null;
    AttributedString line = super.getDisplayedBufferWithPrompts(secondaryPrompts);
    String rest = open ? suggestion() : "";
    if (rest.isEmpty()) {
      return line;
    }
    List<AttributedString> lines = line.columnSplitLength(terminal, size.getColumns(), true, true);
    int room = size.getColumns() - lines.getLast().columnLength(terminal) - 1;
    return room < 2
        ? line
        : new AttributedStringBuilder()
            .append(line)
            .style(suggested)
            .append(Cells.fit(rest, room))
            .toAttributedString();
  }

  /** How the line may go on; only where the cursor is at its end. */
  private String suggestion() {
    return buf.length() > 0 && buf.cursor() == buf.length()
        ? suggestions.apply(buf.toString())
        : "";
  }

  private boolean accept(String rest) {
    if (!rest.isEmpty()) {
      buf.write(rest);
    }
    return !rest.isEmpty();
  }

  /** Of how the line may go on, the next word. */
  private String nextWord() {
    Matcher word = WORD.matcher(suggestion());
    return word.lookingAt() ? word.group() : "";
  }

  @Override
  protected boolean forwardChar() {
    return accept(suggestion()) || super.forwardChar();
  }

  @Override
  protected boolean endOfLine() {
    return accept(suggestion()) || super.endOfLine();
  }

  @Override
  protected boolean forwardWord() {
    return accept(nextWord()) || super.forwardWord();
  }

  @Override
  protected boolean emacsForwardWord() {
    return accept(nextWord()) || super.emacsForwardWord();
  }

  /** Ends the line; whoever reads it asks the editor, when the lock is free again. */
  @Override
  protected boolean editAndExecute() {
    forEditor = true;
    setOpt(Option.ERASE_LINE_ON_FINISH);
    state = State.INTERRUPT;
    return true;
  }

  /** In the order in which they were found. */
  @Override
  protected Comparator<Candidate> getCandidateComparator(boolean caseInsensitive, String word) {
    return Comparator.comparingInt(Candidate::sort).thenComparing(Candidate::value);
  }
}
