package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A form of the controlled English: what a person is shown when words near it were not understood.
 * The tables of {@code docs/offline-english.md} hold the same forms in the same order, each with
 * this example, and a test compares them.
 */
enum Form {
  RUN("run COMMAND", "run ./load.sh --full"),
  QUOTED("run \"COMMAND\"", "run \"make all && make install\""),
  PYTHON("run python FILE.py", "run python load.py"),
  CALL(
      "call [METHOD] URL [with header NAME set to VALUE] [with body VALUE] [expecting STATUS]",
      "call POST https://example.org/orders with body {\"n\": 1} expecting 201"),
  APPROVAL("wait [at most DURATION] for approval [\"MESSAGE\"]", "wait for approval \"Deploy?\""),
  COMPUTE("compute `EXPRESSION`", "compute `6 * 7` as answer"),
  SUBFLOW("run flow NAME", "run flow etl with day set to 2026-11-23"),
  THEN("STEPS then STEPS", "run ./a.sh then run ./b.sh"),
  PARALLEL("STEP and STEP in parallel [, each …]", "run ./a.sh, ./b.sh and ./c.sh in parallel"),
  SEQUENCE(
      "STEP and STEP one after the other", "run ./a.sh, ./b.sh and ./c.sh one after the other"),
  AFTER("STEP after NAME", "run ./a.sh. Run ./b.sh after a. Run ./c.sh after a."),
  NAMED("STEP as NAME", "run \"make all\" as build"),
  GIVE("STEP with VALUE [and VALUE]", "run ./a.sh then run ./b.sh with the output of a"),
  SET("STEP with NAME set to VALUE", "run ./load.sh with MODE set to full"),
  FOLDER("STEP in the folder PATH", "run ./load.sh in the folder jobs"),
  STEP_RETRIES(
      "STEP with N retries [DURATION apart]", "run ./a.sh with 3 retries 10 seconds apart"),
  STEP_TIMEOUT("STEP with a timeout of DURATION", "run ./a.sh with a timeout of 10 minutes"),
  CACHED("STEP cached [for DURATION]", "run ./a.sh cached for 12 hours"),
  FOR_EACH(
      "for each NAME in LIST STEP [, at most N at a time] [in batches of N]",
      "for each region in eu, us run ./a.sh with region, at most 2 at a time"),
  CONDITION(
      "STEP only if CONDITION, STEP unless CONDITION",
      "run ./a.sh then run ./b.sh only if a produced more than 0 rows"),
  IF_FAILS("if NAME fails STEP", "run ./load.sh. If load fails run ./undo.sh."),
  ALWAYS(
      "STEP after NAME even if it fails, always STEP", "run ./load.sh then always run ./clean.sh"),
  ON_FAILURE("on failure STEP", "run ./load.sh, on failure run ./alert.sh"),
  SCHEDULE(
      "every DAY at TIME [and TIME] [in ZONE]",
      "every weekday at 06:00 in Europe/Berlin run ./a.sh"),
  INTERVAL("every N UNIT", "every 15 minutes run ./a.sh"),
  MONTHLY("on the NTH of each month at TIME", "on the first of each month at 3am run ./a.sh"),
  CRON("on the schedule \"CRON\"", "on the schedule \"*/5 8-18 * * 1-5\" run ./a.sh"),
  NEW_FLOW(
      "a flow [called NAME] [with PARAMETER] that STEPS",
      "a flow called report with a date parameter day that runs ./report.sh with day"),
  RENAME_FLOW("call the flow NAME", "call the flow nightly"),
  DESCRIBE("describe the flow as \"TEXT\"", "describe the flow as \"Loads the orders\""),
  LIMIT("limit the flow to N steps at a time", "limit the flow to 4 steps at a time"),
  PARAMETER(
      "add a [TYPE] parameter NAME [with default VALUE]",
      "add an integer parameter limit with default 100"),
  DEFAULT("set the default of NAME to VALUE", "set the default of day to 2026-12-01"),
  SECRET("use the secret NAME", "use the secret API_TOKEN"),
  RETRY(
      "retry NAME N times [DURATION apart] [with exponential backoff]",
      "retry each step 3 times, 10 seconds apart"),
  DO_NOT_RETRY("don't retry NAME, don't cache NAME", "don't retry load"),
  TIMEOUT("time out NAME after DURATION", "time out the flow after 2 hours"),
  SET_TIMEOUT("set the timeout of NAME to DURATION", "set the timeout of load to 10 minutes"),
  CACHE("cache NAME [for DURATION]", "cache extract for 1 hour"),
  CHANGE_SCHEDULE(
      "change the schedule to SCHEDULE, add the schedule SCHEDULE",
      "change the schedule to every monday at 7am"),
  ADD(
      "add a step NAME that STEP after NAME, before NAME, between NAME and NAME, at the end",
      "add a step notify that runs ./notify.sh after load"),
  REMOVE("remove NAME", "remove check"),
  REMOVE_PART(
      "remove the schedule, the parameter NAME, the timeout, condition or retries of NAME",
      "remove the timeout of load"),
  RENAME("rename NAME to NAME", "rename check to verify"),
  CHANGE_COMMAND("make NAME STEP", "make load run ./load2.sh --fast"),
  MAKE_PARALLEL("make NAME and NAME run in parallel", "make check and load run in parallel"),
  RUN_AFTER("run NAME after NAME", "run audit after check"),
  RUN_IF("run NAME only if CONDITION", "run load only if extract produced more than 0 rows");

  /** Words that are in too many forms to say which is meant. */
  private static final Set<String> COMMON = Set.of("the", "then", "and", "with", "step", "name");

  private final String syntax;
  private final String example;

  Form(String syntax, String example) {
    this.syntax = syntax;
    this.example = example;
  }

  /**
   * The form that shares most words with these, spelt right or not.
   *
   * @param otherwise where none shares any
   */
  static Form nearest(String words, Form otherwise) {
    Form best = otherwise;
    int most = 0;
    for (Form form : values()) {
      Set<String> known = form.words();
      int shared = 0;
      for (String word : words.toLowerCase(Locale.ROOT).split("[^a-z']+")) {
        boolean like = word.length() > 4 && Nearest.to(word, known).isPresent();
        shared += known.contains(word) ? 2 : like ? 1 : 0;
      }
      if (shared > most) {
        most = shared;
        best = form;
      }
    }
    return best;
  }

  private Set<String> words() {
    Set<String> words = new HashSet<>(List.of(syntax.split("[^a-z']+")));
    words.removeIf(word -> word.length() < 3 || COMMON.contains(word));
    return words;
  }

  String syntax() {
    return syntax;
  }

  String example() {
    return example;
  }
}
