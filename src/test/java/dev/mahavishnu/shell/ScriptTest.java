package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.run.RunId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptTest {
  @TempDir Path root;
  private TestPlace place = new TestPlace(Path.of("/"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void enter() {
    place = new TestPlace(root);
  }

  private int run(String text, boolean yes, boolean keepGoing) {
    Script script =
        new Script("s.mv", text.lines().iterator(), yes, keepGoing, Script.Streams.NONE);
    return script.run(
        place,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_request_becomes_a_draft_that_is_shown_and_runs_when_it_is_said() {
    assertThat(run("steps a b\nrun\n", true, false)).isZero();
    assertThat(place.ran).hasSize(1);
    assertThat(place.ran.getFirst().flow()).isEqualTo(TestPlace.flow("a", "a", "b"));
    assertThat(place.ran.getFirst().folder()).isEqualTo(root);
    assertThat(out()).contains("./a.sh").contains("./b.sh").contains("note: a note");
    assertThat(err()).isEmpty();
  }

  @Test
  void the_exit_code_is_that_of_the_run() {
    place.followed = 1;
    assertThat(run("steps a\nrun\nrun list", true, false)).isEqualTo(1);
    assertThat(place.commands).isEmpty();
  }

  @Test
  void a_request_that_is_not_understood_names_its_words_and_ends_the_script() {
    assertThat(run("# first\nfrobnicate the quux\nrun list\n", true, false)).isEqualTo(3);
    assertThat(err())
        .isEqualTo(
            """
            s.mv:2: not understood: `frobnicate`
              frobnicate the quux
              ^^^^^^^^^^
            frobnicate: no known verb
              understood is: steps NAME…, as in: steps a
            no key is set; set OPENAI_API_KEY
            """);
    assertThat(place.commands).isEmpty();
  }

  @Test
  void what_looks_like_a_command_is_offered_as_one() {
    assertThat(run("run lst", true, false)).isEqualTo(3);
    assertThat(err()).contains("as a command: did you mean `run list`?\n");
  }

  @Test
  void nothing_runs_without_yes() {
    assertThat(run("steps a\nrun\n", false, false)).isEqualTo(5);
    assertThat(place.ran).isEmpty();
    assertThat(err())
        .isEqualTo(
            "s.mv:2: `run` runs the draft, and a script needs --yes for that; nothing was run\n");
    err.reset();
    assertThat(run("!touch " + root.resolve("canary"), false, false)).isEqualTo(5);
    assertThat(root.resolve("canary")).doesNotExist();
    assertThat(err()).startsWith("s.mv:1: `!` runs a program, and a script needs --yes");
  }

  @Test
  void a_program_gets_the_workspace_and_gives_its_output_and_its_exit_code() {
    assertThat(run("!pwd; echo oops >&2; exit 7", true, false)).isEqualTo(7);
    assertThat(out()).isEqualTo(root + "\n");
    assertThat(err()).isEqualTo("oops\ns.mv:1: ended with exit code 7\n");
  }

  @Test
  void keep_going_does_the_rest_and_ends_with_the_first_failure() {
    assertThat(run("/fail\nnonsense\nrun list\nexit\nrun list", true, true)).isEqualTo(4);
    assertThat(place.commands).containsExactly("fail", "run list");
  }

  @Test
  void the_draft_is_changed_and_taken_back() {
    assertThat(run("steps a\nand b\nand c\nundo\nrun\n", true, false)).isZero();
    assertThat(place.ran.getFirst().flow()).isEqualTo(TestPlace.flow("a", "a", "b"));
    assertThat(out()).contains("+ task c").contains("- task c");
  }

  @Test
  void a_draft_that_was_discarded_comes_back() {
    assertThat(run("steps a\ndiscard\nundo\nrun\n", true, false)).isZero();
    assertThat(place.ran).hasSize(1);
    assertThat(run("steps a\ndiscard\nrun\n", true, false)).isEqualTo(2);
    assertThat(err()).contains("s.mv:3: there is no draft: say what should happen");
    assertThat(run("undo", true, false)).isEqualTo(2);
  }

  @Test
  void a_question_that_nobody_can_answer_lists_the_ways_to_say_it() {
    assertThat(run("either", true, false)).isEqualTo(3);
    assertThat(err())
        .isEqualTo(
            """
            s.mv:1: which? Say it in one of these ways:
              one: steps one
              two: steps two
            """);
  }

  @Test
  void a_refusal_says_why_and_a_bug_does_not_end_in_a_stack_trace() {
    assertThat(run("never", true, false)).isEqualTo(3);
    assertThat(err()).isEqualTo("s.mv:1: that can't be done; do something else\n");
    err.reset();
    assertThat(run("break", true, false)).isEqualTo(70);
    assertThat(err()).isEqualTo("s.mv:1: internal error (broken)\n");
  }

  @Test
  void a_saved_flow_means_in_its_folder_what_the_draft_meant_here() throws IOException {
    assertThat(run("steps a\nsave other\nundo\nsave\n", true, false)).isZero();
    Path file = root.resolve("flows/a.yaml");
    assertThat(file).content().contains("command: ./a.sh").contains("working_dir: \"..\"");
    assertThat(out()).endsWith("saved as flows/a.yaml\n");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(4);
    assertThat(root.resolve("flows/other.yaml")).content().startsWith("flow: other");
  }

  @Test
  void a_flow_that_is_saved_again_keeps_the_mode_of_its_file() throws IOException {
    assertThat(run("steps a\nsave\n", true, false)).isZero();
    Path file = root.resolve("flows/a.yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(run("@flows/a.yaml\nsave\n", true, false)).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_background_run_is_started_and_named() {
    assertThat(run("steps a\nrun &\n", true, false)).isZero();
    assertThat(place.detached).hasSize(1);
    assertThat(place.ran).isEmpty();
  }

  @Test
  void a_request_can_stand_in_a_file() throws IOException {
    Files.writeString(root.resolve("wish.txt"), "steps a\n");
    Files.writeString(root.resolve("part.txt"), " a b\n");
    assertThat(run("@wish.txt\nrun", true, false)).isZero();
    assertThat(run("steps @part.txt\nrun", true, false)).isZero();
    assertThat(place.ran.get(1).flow()).isEqualTo(TestPlace.flow("a", "a", "b"));
    assertThat(run("steps @gone.txt\nrun", true, false)).isEqualTo(3);
    assertThat(err()).contains("s.mv:1: there is no file gone.txt");
  }

  private static final RunId FIRST = new RunId("260304-050607-aaa2");
  private static final RunId SECOND = new RunId("260304-050607-bbb3");

  @Test
  void wait_ends_as_the_first_of_the_runs_that_did_not_complete() {
    place.away.addAll(List.of(FIRST, SECOND));
    place.ended.put(SECOND, 1);

    assertThat(run("wait", true, false)).isEqualTo(1);
    assertThat(run("wait 1", true, false)).isZero();
    assertThat(run("wait %2", true, false)).isEqualTo(1);
    assertThat(run("wait " + SECOND, true, false)).isEqualTo(1);
  }

  @Test
  void wait_waits_as_long_as_a_process_executes_the_run() throws InterruptedException {
    place.away.add(FIRST);
    place.held.add(FIRST);
    Thread script = Thread.ofVirtual().start(() -> run("wait\nsteps a", true, false));
    await().atMost(Duration.ofSeconds(10)).until(() -> !place.interrupts.isEmpty());
    assertThat(out()).isEmpty();
    place.held.clear();

    assertThat(script.join(Duration.ofSeconds(10))).isTrue();
    assertThat(out()).contains("./a.sh");
  }

  @Test
  void ctrl_c_ends_the_waiting_and_the_script() throws InterruptedException {
    place.away.add(FIRST);
    place.held.add(FIRST);
    AtomicInteger code = new AtomicInteger();
    Thread script = Thread.ofVirtual().start(() -> code.set(run("wait\nsteps a", true, true)));
    await().atMost(Duration.ofSeconds(10)).until(() -> !place.interrupts.isEmpty());
    place.interrupts.getFirst().run();

    assertThat(script.join(Duration.ofSeconds(10))).isTrue();
    assertThat(code).hasValue(Exit.INTERRUPTED);
    assertThat(out()).isEmpty();
  }

  @Test
  void jobs_are_the_runs_of_the_session_and_a_run_that_was_not_seen_is_watched() {
    place.history = Optional.of(new TestHistory(TestPlace.flow("etl", "a", "b"), root));
    place.away.add(TestHistory.RUN);
    place.held.add(TestHistory.RUN);

    assertThat(run("jobs\njobs --output json\nwatch 1\nfg 1\nbg 1", true, false)).isZero();
    assertThat(out())
        .contains("JOB")
        .contains("[1]  " + TestHistory.RUN + "  etl")
        .contains("[1] " + TestHistory.RUN + " goes on in the background already");
    assertThat(place.commands)
        .containsExactly("run watch " + TestHistory.RUN, "run watch " + TestHistory.RUN);
  }

  @Test
  void what_was_put_aside_goes_on_here_or_in_a_process_of_its_own() {
    place.history = Optional.of(new TestHistory(TestPlace.flow("etl", "a", "b"), root));
    place.away.add(TestHistory.RUN);

    assertThat(run("fg 1\nbg 1", true, false)).isZero();
    assertThat(place.commands)
        .containsExactly(
            "run resume " + TestHistory.RUN, "run resume " + TestHistory.RUN + " --no-wait");
  }

  @Test
  void without_a_run_there_is_nothing_to_bring_back() {
    assertThat(run("fg", true, false)).isEqualTo(Exit.USAGE);
    assertThat(err()).contains("no run of this session goes on");
    assertThat(run("jobs\nwait", true, false)).isZero();
  }
}
