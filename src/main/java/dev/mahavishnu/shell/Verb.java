package dev.mahavishnu.shell;

import dev.mahavishnu.llm.provider.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A word about the draft, about runs or about the shell, as long as no sentence begins with it. */
enum Verb {
  RUN("run the draft; `run &` in the background"),
  SAVE("write the draft to flows/; `save NAME` under another name"),
  SHOW("show the draft"),
  DIFF("compare the draft with the saved flow"),
  EDIT("open the draft in an editor"),
  UNDO("take back the last change of the draft"),
  REDO("bring back what `undo` took"),
  DISCARD("put the draft away"),
  JOBS("the runs of this session; `jobs --output json`"),
  FG("bring a run to the screen, or go on with one that was suspended: `fg`, `fg 2`, `fg RUN`"),
  BG("let a run go on off the screen, as Ctrl-Z does; one that was suspended in its own process"),
  WATCH("show a run that goes on somewhere: `watch 2`, `watch RUN`"),
  WAIT("wait for the runs of this session, or `wait 2`, `wait RUN`; ends as the run does"),
  WHY("why the last run failed, with its evidence; `why RUN` for another one"),
  FIX("propose a repair of the last run and go on with it; `fix RUN`, or `fix` and a few words"),
  MODEL("the language models there are; `model NAME` uses one, `model offline` none"),
  COST("what the models took in this session"),
  TRANSCRIPT(
      "what was said in this session; `transcript list` names others, `transcript export FILE.md`"
          + " or `FILE.mv` writes it as a page or as a script"),
  HELP("what can be said here"),
  EXIT("leave the shell"),
  QUIT("leave the shell");

  private final String description;

  Verb(String description) {
    this.description = description;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  /** Under what help lists it. */
  enum Topic {
    DRAFT,
    RUNS,
    SHELL
  }

  Topic topic() {
    return switch (this) {
      case RUN, SAVE, SHOW, DIFF, EDIT, UNDO, REDO, DISCARD -> Topic.DRAFT;
      case JOBS, FG, BG, WATCH, WAIT, WHY, FIX -> Topic.RUNS;
      case MODEL, COST, TRANSCRIPT, HELP, EXIT, QUIT -> Topic.SHELL;
    };
  }

  /** At least one. */
  List<String> examples() {
    return switch (this) {
      case RUN -> List.of("run", "run --param day=2026-01-02", "run &");
      case SAVE -> List.of("save", "save nightly_orders");
      case WHY -> List.of("why", "why k7q2", "why did it fail?");
      case FIX -> List.of("fix", "fix last", "fix it");
      case MODEL -> List.of("model", "model offline");
      case JOBS -> List.of("jobs", "jobs --output json");
      case FG -> List.of("fg", "fg 2", "fg last");
      case BG -> List.of("bg", "bg 2");
      case WATCH -> List.of("watch 2", "watch last");
      case WAIT -> List.of("wait", "wait 1 2");
      case TRANSCRIPT -> List.of("transcript", "transcript list", "transcript export day.md");
      case HELP -> List.of("help", "help save", "help run list");
      case SHOW, DIFF, EDIT, UNDO, REDO, DISCARD, COST, EXIT, QUIT -> List.of(text());
    };
  }

  static Optional<Verb> of(String word) {
    return Arrays.stream(values()).filter(v -> v.text().equals(word)).findFirst();
  }

  /** Whether a word names a run, and can hardly be anything else. */
  static boolean isRun(String word) {
    return word.equals("last")
        || word.matches("\\d{6}-\\d{0,6}(-[a-z2-7]{0,4})?")
        || word.matches("(?=.*\\d)[a-z2-7]{4}");
  }

  private static boolean isJob(String word) {
    return JobVerbs.isNumber(word) || isRun(word);
  }

  /** Whether a run may be named after it. */
  boolean namesRun() {
    return switch (this) {
      case WHY, FG, BG, WATCH, WAIT -> true;
      case RUN,
          SAVE,
          SHOW,
          DIFF,
          EDIT,
          UNDO,
          REDO,
          DISCARD,
          JOBS,
          FIX,
          MODEL,
          COST,
          TRANSCRIPT,
          HELP ->
          false;
      case EXIT, QUIT -> false;
    };
  }

  /** Whether this verb with these words after it is still the verb, and no sentence. */
  boolean takes(List<String> rest) {
    return switch (this) {
      case SAVE -> rest.isEmpty() || (rest.size() == 1 && isName(rest.getFirst()));
      case RUN -> rest.isEmpty() || isParameters(rest);
      case JOBS -> rest.isEmpty() || rest.equals(List.of("--output", "json"));
      case FG, BG, WATCH -> rest.isEmpty() || (rest.size() == 1 && isJob(rest.getFirst()));
      case WAIT -> rest.stream().allMatch(Verb::isJob);
      case WHY -> rest.isEmpty() || isRun(rest.getFirst());
      // With other words it is about the last run where that failed, else a sentence.
      case FIX -> true;
      case MODEL ->
          rest.size() < 2 || (rest.size() == 2 && Provider.of(rest.getFirst()).isPresent());
      case TRANSCRIPT ->
          rest.isEmpty()
              || (rest.size() == 1 && ModelVerbs.isSession(rest.getFirst()))
              || (rest.getFirst().equals("export")
                  && Exporting.takes(rest.subList(1, rest.size())));
      case HELP -> rest.isEmpty() || (rest.size() == 1 && isHelped(rest.getFirst()));
      case SHOW, DIFF, EDIT, UNDO, REDO, DISCARD, COST, EXIT, QUIT -> rest.isEmpty();
    };
  }

  private static boolean isHelped(String word) {
    return of(word).isPresent() || DebugVerb.of(word).isPresent();
  }

  private static boolean isName(String word) {
    return word.matches("[a-z_][a-z0-9_-]{0,99}");
  }

  private static boolean isParameters(List<String> rest) {
    int i = 0;
    while (i < rest.size()) {
      String word = rest.get(i);
      if (word.startsWith("--param=")) {
        i++;
      } else if (word.equals("--param") && i + 1 < rest.size() && rest.get(i + 1).contains("=")) {
        i += 2;
      } else {
        return false;
      }
    }
    return true;
  }
}
