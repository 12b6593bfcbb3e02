package dev.mahavishnu.shell;

import java.util.List;

/** What a statement asks for. */
sealed interface Saying {

  /** A command of the tree. */
  record Order(List<String> words) implements Saying {
    public Order {
      words = List.copyOf(words);
    }
  }

  /** A line for the system's shell. */
  record Outside(String command) implements Saying {}

  /**
   * A word about the draft.
   *
   * @param rest what stands after it
   * @param background whether it goes on by itself
   */
  record Draft(Verb verb, List<String> rest, boolean background) implements Saying {
    public Draft {
      rest = List.copyOf(rest);
    }
  }

  /**
   * A word about the run that is debugged.
   *
   * @param rest what stands after it, as words
   * @param raw the same as it was typed
   */
  record Debug(DebugVerb verb, List<String> rest, String raw) implements Saying {
    public Debug {
      rest = List.copyOf(rest);
    }
  }

  /** A flow as YAML or JSON. */
  record Spec(String text) implements Saying {}

  /**
   * Words for the planner.
   *
   * @param hint what the words could be as a command, for when the planner does not understand them
   *     either; may be empty
   */
  record Sentence(String text, String hint) implements Saying {}

  /** A line of the script language, but for conditions that something depends on. */
  record Script(ScriptLine line) implements Saying {}

  /** What is done only if something is so. */
  record Choice(Block block) implements Saying {}

  /**
   * A line of the script language with a mistake.
   *
   * @param statement in which
   * @param at offset in it
   */
  record Faulty(Statement statement, int at, String message, String hint) implements Saying {}

  /** Nothing that could be done. */
  record Wrong(String message) implements Saying {}
}
