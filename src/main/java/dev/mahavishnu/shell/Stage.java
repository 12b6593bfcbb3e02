package dev.mahavishnu.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a conversation is held: at a terminal, or with a script. */
interface Stage {
  /** How messages name the text that statements come from. */
  String name();

  /** A line that answers. */
  void say(String line);

  /** Lines that say what is wrong; the first one names it. */
  void complain(List<String> lines);

  /** Cells of a line; lines that are longer are wrapped by whatever shows them. */
  int width();

  /**
   * Whether the person agrees that something runs, which who types it does.
   *
   * @param what a few words, for who must be asked
   */
  boolean agrees(String what);

  /** A line beside what was asked for: how long it took. */
  void aside(String line);

  /**
   * Whether the person agrees to something that they have just been shown.
   *
   * @param question for who is there
   * @param what a few words, for who is not
   */
  boolean consents(String question, String what);

  /** Shows what a model does from now on. */
  Live live(String model);

  /**
   * Lets a person choose.
   *
   * @param choices at least one
   * @return empty: none of them, or nobody is there to ask
   */
  Optional<Answer> choose(String question, List<String> choices);

  /** A yes-or-no question; nobody there is a no. */
  boolean confirms(String question);

  /**
   * Runs a program that may use the terminal. Gives its exit code.
   *
   * @param variables what its environment has besides this process's
   */
  int outside(List<String> command, Map<String, String> variables);

  /** The same, with nothing besides. */
  default int outside(List<String> command) {
    return outside(command, Map.of());
  }

  /** The line that messages are about from here on. */
  default void at(int line) {}

  /** Says that what stands in this line failed, unless that was said. */
  default void failed(int code) {}

  /** How a message begins that is about one place: {@code s.mv:3:8: }; empty at a prompt. */
  default String place(int line, int column) {
    return "";
  }

  /** Whether a statement that failed lets the next ones go on. */
  default boolean keepsGoing() {
    return false;
  }
}
