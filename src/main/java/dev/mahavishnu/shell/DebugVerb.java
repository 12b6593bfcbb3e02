package dev.mahavishnu.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A word about the run that is debugged, as long as one is. */
enum DebugVerb {
  BREAK(
      "b",
      "stop at a task: `break load`, `break load:after`, `break *:failed`, `… if attempt > 1`"),
  UNBREAK("", "take a breakpoint away; without one, all"),
  STEP("s", "let the next task run start, then stop; into maps and subflows"),
  NEXT("n", "let the next task run start with all that is in it, then stop"),
  CONTINUE("c", "go on up to the next breakpoint"),
  BACK("", "look at the run as it was before its last move; `back 3`"),
  FORWARD("", "the other way; `forward 3`"),
  NOW("", "look at the run as it is"),
  WHERE("w", "where the run stands"),
  PRINT("p", "the value of an expression: `print tasks.extract.output.rows`"),
  INPUTS("", "what a task sees"),
  ENV("", "where a task works, and its environment"),
  LOGS("", "what the run's tasks printed"),
  SHELL("", "the system's shell where a task works; `shell load ls`"),
  SET("", "give a task an output: `set tasks.extract.output {\"rows\": 3} --why …`"),
  SKIP("", "a task counts as skipped"),
  MARK("", "a task counts as ended: `mark load completed`"),
  AGAIN("", "a task runs again, and all that depends on it"),
  EDIT("", "open the run's flow in an editor: `edit load`"),
  RUN("", "run one task alone with what it saw: `run load`"),
  FORK("", "a new run that stands before a task: `fork --at load --set day=2026-11-22`"),
  DIFF("", "compare with the run it was made from, or with another one"),
  WHY("", "why a task ran, was reused, was skipped or waits"),
  DONE("", "debug no longer; the run stays as it is");

  private final String shortForm;
  private final String description;

  DebugVerb(String shortForm, String description) {
    this.shortForm = shortForm;
    this.description = description;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  static Optional<DebugVerb> of(String word) {
    return Arrays.stream(values())
        .filter(v -> v.text().equals(word) || (!word.isEmpty() && v.shortForm.equals(word)))
        .findFirst();
  }

  /** Whether this verb with these words after it is still the verb, and nothing of the shell. */
  boolean takes(List<String> rest) {
    return switch (this) {
      case STEP, NEXT, CONTINUE, NOW, WHERE, DONE -> rest.isEmpty();
      case BACK, FORWARD ->
          rest.isEmpty() || (rest.size() == 1 && rest.getFirst().matches("\\d{1,6}"));
      case PRINT, SET, SHELL -> !rest.isEmpty();
      // With a run after it, or nothing, it asks why that one failed.
      case WHY -> rest.size() == 1 && !Verb.isRun(rest.getFirst());
      // A draft is run by the word alone, or with parameters.
      case RUN -> rest.size() == 1 && !rest.getFirst().startsWith("-");
      case INPUTS, ENV, SKIP, AGAIN -> !rest.isEmpty();
      case MARK -> rest.size() >= 2;
      case BREAK, UNBREAK, LOGS, EDIT, FORK, DIFF -> true;
    };
  }
}
