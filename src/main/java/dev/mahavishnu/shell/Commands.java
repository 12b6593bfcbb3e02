package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The command tree, as the shell sees it: the same that a command line has. */
public interface Commands {

  /** Reads words without doing anything. */
  Reading read(List<String> words);

  /**
   * Runs a command and shows what it does.
   *
   * @return its exit code
   */
  int run(List<String> words);

  /** The run that is debugged in this session. */
  Optional<RunId> debugged();

  /** From here on none is. */
  void debugNoMore();

  /**
   * The program that is a shell where a task of a run works.
   *
   * @param scratch a folder for what it reads first
   */
  List<String> shell(RunId run, String task, Path scratch);

  /**
   * What may stand next in a command line.
   *
   * @param words those before the one that is being typed
   * @param begun what there is of that one
   */
  List<Candidate> complete(List<String> words, String begun);

  /**
   * The words that may follow these ones in the name of a command; at once, since it is asked for
   * at every key. None: it is the whole name, or no name.
   */
  List<String> next(List<String> path);

  /** What words are, looked at as a command. */
  sealed interface Reading {
    /** A command, from its first word to its last. */
    record Whole() implements Reading {}

    /**
     * The beginning is a command that does something, the rest is wrong; or a word that only has
     * commands under it stands alone.
     *
     * @param message one line: what is wrong, and what to do
     */
    record Wrong(String message) implements Reading {}

    /**
     * No command.
     *
     * @param hint may be empty: "did you mean `run list`?"
     */
    record Unknown(String hint) implements Reading {}
  }

  /**
   * A word that may stand in a place.
   *
   * @param description a few words, may be empty
   * @param kind what the value of an option or a parameter is, where it is none of the tree's own
   *     words
   */
  record Candidate(String text, String description, Kind kind) {}

  /** What a word names. */
  enum Kind {
    /** A command or an option: {@code text} is the word itself. */
    WORD,
    /** Any file; {@code text} is empty, as for the next ones. */
    FILE,
    RUN,
    TASK,
    /** A parameter of the flow that the line names, with its value: {@code day=}. */
    PARAMETER,
    /** Something that can't be known. */
    VALUE
  }
}
