package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Theme;
import dev.mahavishnu.view.Tone;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.MaskingCallback;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;

/** Reads lines and answers from the terminal. For one thread at a time. */
final class Prompt {
  /** Most characters of a line that is coloured while it is typed, and whose keys can be undone. */
  private static final int LONGEST = 4_000;

  /** What came of reading. */
  sealed interface Typed {
    record Line(String text) implements Typed {}

    /** Ctrl-C. */
    record Interrupted(String partial) implements Typed {}

    /** Somebody called {@link #wake}. */
    record Woken(String partial) implements Typed {}

    /** Ctrl-X Ctrl-E: the line is to be opened in an editor. */
    record ForEditor(String partial) implements Typed {}

    /** Ctrl-D, or the terminal is gone. */
    record Ended() implements Typed {}
  }

  private final LiveReader reader;
  private final PromptParser parser = new PromptParser();
  private final Palette palette;
  private final LineHistory history;
  private final Optional<LineHighlighter> highlighter;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Thread reading;

  /**
   * @param commands what a line may name
   */
  Prompt(
      LiveReader reader,
      Palette palette,
      LineHistory history,
      Supplier<Commands> commands,
      Completer completer) {
    this.reader = reader;
    this.palette = palette;
    this.history = history;
    this.highlighter =
        palette.color() ? Optional.of(new LineHighlighter(palette, commands)) : Optional.empty();
    reader.setParser(parser);
    reader.setCompleter(completer);
    reader.setCompletionMatcher(new FuzzyMatcher());
    reader.setHistory(history);
    // "!" is the system's shell here, and not a word of the history.
    reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
    reader.unsetOpt(LineReader.Option.INSERT_TAB);
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "%M... ");
    reader.setVariable(LineReader.BELL_STYLE, "none");
    reader.setVariable(LineReader.FEATURES_MAX_BUFFER_SIZE, LONGEST);
    if (highlighter.isPresent()) {
      reader.setHighlighter(highlighter.get());
      reader.suggest(history::rest, LineHighlighter.style(palette, Tone.QUIET));
      styles();
    } else {
      plain();
    }
  }

  /** What Ctrl-Z does while a line is read; the line stays. */
  void onCtrlZ(Runnable action) {
    reader
        .getWidgets()
        .put(
            "put-aside",
            () -> {
              action.run();
              return true;
            });
    reader
        .getKeyMaps()
        .values()
        .forEach(keys -> keys.bind(new Reference("put-aside"), KeyMap.ctrl('Z')));
  }

  /** As the palette has them: JLine's own are for a dark screen. */
  private void styles() {
    String quiet = palette.theme() == Theme.DARK ? "fg:bright-black" : "faint";
    String begun = palette.theme() == Theme.DARK ? "fg:cyan" : "bold";
    reader.setVariable(LineReader.COMPLETION_STYLE_STARTING, begun);
    reader.setVariable(LineReader.COMPLETION_STYLE_DESCRIPTION, quiet);
  }

  private void plain() {
    for (String style :
        new String[] {
          LineReader.COMPLETION_STYLE_STARTING,
          LineReader.COMPLETION_STYLE_DESCRIPTION,
          LineReader.COMPLETION_STYLE_GROUP,
          LineReader.COMPLETION_STYLE_BACKGROUND,
          LineReader.COMPLETION_STYLE_LIST_STARTING,
          LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
          LineReader.COMPLETION_STYLE_LIST_GROUP,
          LineReader.COMPLETION_STYLE_LIST_BACKGROUND
        }) {
      reader.setVariable(style, "");
    }
  }

  /**
   * Reads a line.
   *
   * @param name of what is worked on, may be empty
   * @param partial what is typed already
   */
  Typed line(String name, String partial) {
    String draft = name.isEmpty() ? "" : " " + palette.paint(Tone.ACTIVE, name);
    return read(palette.paint(Tone.TITLE, "mahavishnu") + draft + "> ", partial);
  }

  /** Asks; empty after Ctrl-C and Ctrl-D. */
  Optional<String> answer(String question) {
    answering(true);
    try {
      Typed typed = read(question, "");
      while (partial(typed).isPresent()) {
        typed = read(question, partial(typed).get());
      }
      return typed instanceof Typed.Line line ? Optional.of(line.text().strip()) : Optional.empty();
    } finally {
      answering(false);
    }
  }

  /** What is typed is an answer and no statement, or a statement again. */
  private void answering(boolean on) {
    parser.answering(on);
    history.rest(on);
    highlighter.ifPresent(h -> h.rest(on));
    reader.setVariable(LineReader.DISABLE_COMPLETION, on);
  }

  /** What an answer goes on with that was broken off. */
  private static Optional<String> partial(Typed typed) {
    return switch (typed) {
      case Typed.Woken woken -> Optional.of(woken.partial());
      case Typed.ForEditor forEditor -> Optional.of(forEditor.partial());
      case Typed.Line _, Typed.Interrupted _, Typed.Ended _ -> Optional.empty();
    };
  }

  private Typed read(String prompt, String partial) {
    reading = Thread.currentThread();
    try {
      if (woken.getAndSet(false)) {
        return new Typed.Woken(partial);
      }
      return new Typed.Line(reader.readLine(prompt, null, (MaskingCallback) null, partial));
    } catch (UserInterruptException e) {
      String typed = Optional.ofNullable(e.getPartialLine()).orElse("");
      if (reader.takeForEditor()) {
        return new Typed.ForEditor(typed);
      }
      return woken.get() ? new Typed.Woken(typed) : new Typed.Interrupted(typed);
    } catch (EndOfFileException _) {
      return new Typed.Ended();
    } finally {
      synchronized (this) {
        reading = null;
        woken.set(false);
        reader.unsetOpt(LineReader.Option.ERASE_LINE_ON_FINISH);
        // A call that came when nothing was read any more.
        Thread.interrupted();
      }
    }
  }

  /** Ends the reading that goes on, else the next one; what is typed is given back with it. */
  synchronized void wake() {
    woken.set(true);
    Thread thread = reading;
    if (thread != null) {
      reader.setOpt(LineReader.Option.ERASE_LINE_ON_FINISH);
      thread.interrupt();
    }
  }

  /** Whether a line is being typed, with something in it. */
  boolean isBegun() {
    return reading != null && reader.getBuffer().length() > 0;
  }
}
