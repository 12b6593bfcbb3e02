package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** What came of reading. */
  sealed interface Typed {
    record Line(String text) implements Typed {}

    /** Ctrl-C. */
    record Interrupted(String partial) implements Typed {}

    /** Somebody called {@link #wake}. */
    record Woken(String partial) implements Typed {}

    /** Ctrl-D, or the terminal is gone. */
    record Ended() implements Typed {}
  }

  private final LiveReader reader;
  private final PromptParser parser = new PromptParser();
  private final Palette palette;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile @Nullable Thread reading;

  Prompt(LiveReader reader, Palette palette, Optional<Path> history, Completer completer) {
    this.reader = reader;
    this.palette = palette;
    reader.setParser(parser);
    reader.setCompleter(completer);
    // "!" is the system's shell here, and not a word of the history.
    reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
    reader.setOpt(LineReader.Option.HISTORY_IGNORE_SPACE);
    reader.unsetOpt(LineReader.Option.INSERT_TAB);
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "%M... ");
    reader.setVariable(LineReader.BELL_STYLE, "none");
    reader.setVariable(LineReader.HISTORY_SIZE, 5_000);
    reader.setVariable(LineReader.HISTORY_FILE_SIZE, 5_000);
    history.ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
    if (!palette.color()) {
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
    parser.answering(true);
    reader.setVariable(LineReader.DISABLE_HISTORY, true);
    reader.setVariable(LineReader.DISABLE_COMPLETION, true);
    try {
      Typed typed = read(question, "");
      while (typed instanceof Typed.Woken woke) {
        typed = read(question, woke.partial());
      }
      return typed instanceof Typed.Line line ? Optional.of(line.text().strip()) : Optional.empty();
    } finally {
      parser.answering(false);
      reader.setVariable(LineReader.DISABLE_HISTORY, false);
      reader.setVariable(LineReader.DISABLE_COMPLETION, false);
    }
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
