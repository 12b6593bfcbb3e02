package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.llm.Repair;
import dev.mahavishnu.plan.Turn;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
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
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a model plans, explains and repairs, in a script. */
@Timeout(60)
final class ModelScriptTest {
  private static final Flow FLOW = TestPlace.flow("orders", "fetch", "load");

  @TempDir Path root;
  private TestPlace place = new TestPlace(Path.of("/"));
  private TestAssistant model = new TestAssistant(Path.of("/"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void enter() {
    place = new TestPlace(root);
    model = new TestAssistant(root);
    place.assistant = Optional.of(model);
    place.model = model.name();
  }

  private int run(String text, boolean yes) {
    Script script = new Script("s.mv", text.lines().iterator(), yes, true, Script.Streams.NONE);
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

  private void failed() {
    place.history = Optional.of(new TestHistory(FLOW, root));
  }

  @Test
  void nothing_of_the_stream_is_on_standard_output() {
    assertThat(run("steps a", false)).isZero();
    assertThat(out()).contains("+ flow: a").doesNotContain("half a json").doesNotContain("812");
    assertThat(err()).isEqualTo("read steps.sh\n3.1 s, 812 -> 240 tokens, $0.0021\n");
  }

  @Test
  void what_was_said_before_is_told_with_what_came_of_it() {
    run("steps a\nundo\nnever mind\nsteps b", false);
    List<Turn> before = model.asked.getLast().before();
    assertThat(before).extracting(Turn::person).containsExactly("steps a", "undo", "never mind");
    assertThat(before.get(0).answer()).startsWith("+ flow: a");
    assertThat(before.get(1).answer()).isEqualTo("there is no draft now");
    assertThat(before.get(2).answer()).isEqualTo("that can't be done");
  }

  @Test
  void what_is_told_stays_small() {
    run("x".repeat(900) + " and so on\n".repeat(1) + "never mind\n".repeat(40) + "steps b", false);
    assertThat(model.asked.getLast().before()).hasSize(12);
    assertThat(model.asked.getLast().before().toString()).hasSizeLessThan(9_000);
  }

  @Test
  void facts_are_shown_as_a_table_and_can_not_move_the_cursor() {
    assertThat(run("runs were slow?", false)).isZero();
    assertThat(out())
        .contains("Two runs were slow.\nslow runs\nRUN  TIME\na    3 s\nb    4 s\n")
        .doesNotContain("\u001b");
  }

  @Test
  void a_provider_that_refuses_is_exit_code_4_in_its_own_words() {
    assertThat(run("down", false)).isEqualTo(4);
    assertThat(err()).isEqualTo("s.mv:1: 401: wrong key\n");
  }

  @Test
  void a_bug_of_the_planner_is_said_as_any_other() {
    assertThat(run("broken", false)).isEqualTo(70);
    assertThat(err()).contains("internal error (broken)");
  }

  @Test
  void ctrl_c_ends_the_script_with_130_whether_the_model_hears_it_or_not() {
    for (String word : List.of("slow", "deaf")) {
      CompletableFuture<Integer> code =
          CompletableFuture.supplyAsync(() -> run(word + "\nsteps after", false));
      Awaitility.await().until(() -> !place.interrupts.isEmpty());
      long pressed = System.nanoTime();
      place.interrupts.forEach(Runnable::run);
      assertThat(code).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(130);
      assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(1));
      assertThat(place.interrupts).isEmpty();
    }
    assertThat(out()).isEmpty();
  }

  @Test
  void without_a_model_it_is_said_once_how_to_get_one() {
    place.assistant = Optional.empty();
    run("frobnicate\nfrobnicate", false);
    assertThat(err()).containsOnlyOnce("no key is set; set OPENAI_API_KEY");
  }

  @Test
  void costs_are_counted_for_each_model() {
    run("cost\nsteps a\nsteps b\ncost", false);
    assertThat(out())
        .startsWith("no model was asked in this session\n")
        .contains("test big: 2 calls, 6.2 s, 1,624 -> 480 tokens, $0.0042\n");
  }

  @Test
  void models_are_listed_and_changed() {
    assertThat(run("model\nmodel small\nmodel openai large", false)).isZero();
    assertThat(out())
        .contains("test big\nno key is set", "  big\n  small\n")
        .contains("from now on: small\nfrom now on: openai large\n");
  }

  @Test
  void why_shows_the_evidence_without_a_model_and_more_with_one() {
    failed();
    place.assistant = Optional.empty();
    assertThat(run("why", false)).isZero();
    assertThat(out()).contains("load", "exit code 1", "orders.csv: no such file");
    place.assistant = Optional.of(model);
    assertThat(run("why did it fail?\n/why k7qd is it the file", false)).isZero();
    assertThat(out())
        .contains("The file is not there.\n  load, attempt 1: no such file\n")
        .doesNotContain("\u001b");
    assertThat(model.wishes).containsExactly("", "is it the file");
  }

  @Test
  void why_without_any_run_says_so() {
    assertThat(run("why", false)).isEqualTo(2);
    failed();
    assertThat(run("why 260101-000000-aaaa", false)).isEqualTo(2);
    assertThat(err()).contains("nothing has run").contains("no run `260101-000000-aaaa`");
  }

  @Test
  void fix_needs_a_model_and_says_how_to_get_one() {
    failed();
    place.assistant = Optional.empty();
    assertThat(run("fix it", true)).isEqualTo(4);
    assertThat(err()).contains("`fix` needs a model").contains("OPENAI_API_KEY");
  }

  @Test
  void a_repaired_flow_is_shown_agreed_to_resumed_and_is_the_draft() throws IOException {
    failed();
    Files.createDirectories(root.resolve("flows"));
    Draft before = new Draft(FLOW, root, Optional.empty());
    Path file =
        new Saving(root.resolve("flows"))
            .write(before, root.resolve("flows/orders.yaml"))
            .saved()
            .orElseThrow()
            .file();
    Flow repaired = TestPlace.flow("orders", "fetch", "load2");
    model.repair = new Repair.Respec(repaired, "the name was wrong");
    assertThat(run("fix", false)).isEqualTo(5);
    assertThat(place.resumed).isEmpty();
    assertThat(out()).contains("the name was wrong\n", "load2.sh", "keeps 1: a\nruns 1: b\n");
    assertThat(run("fix last use load2\nsave", true)).isZero();
    assertThat(place.resumed).containsExactly(TestHistory.RUN);
    assertThat(place.changes.getFirst().map(FlowSource::flow)).contains(repaired);
    assertThat(model.wishes).last().isEqualTo("use load2");
    assertThat(out())
        .contains("`save` writes it to flows/orders.yaml", "saved as flows/orders.yaml");
    assertThat(file).content().contains("load2.sh");
    assertThat(FlowWriter.yaml(FLOW)).doesNotContain("load2");
  }

  @Test
  void a_patch_keeps_the_mode_and_is_not_written_over_a_file_that_changed() throws IOException {
    failed();
    Path file = Files.writeString(root.resolve("load.sh"), "cat order.csv\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
    model.repair =
        new Repair.Patch(file, "cat order.csv\n", "cat orders.csv\n", "the file is orders.csv");
    assertThat(run("fix", false)).isEqualTo(5);
    assertThat(file).hasContent("cat order.csv\n");
    assertThat(run("fix", true)).isZero();
    assertThat(out()).contains("--- load.sh\n+++ load.sh\n", "-cat order.csv\n+cat orders.csv\n");
    assertThat(file).hasContent("cat orders.csv\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr-x---");
    assertThat(place.resumed).containsExactly(TestHistory.RUN);
    assertThat(run("fix", true)).isEqualTo(3);
    assertThat(err()).contains("load.sh was changed meanwhile");
    assertThat(place.resumed).hasSize(1);
  }

  @Test
  void a_patch_outside_of_the_workspace_is_refused(@TempDir Path other) throws IOException {
    failed();
    Path file = Files.writeString(other.resolve("x"), "a");
    Files.createSymbolicLink(root.resolve("link"), file);
    for (Path path : List.of(file, root.resolve("link"), root.resolve("../x"))) {
      model.repair = new Repair.Patch(path, "a", "b", "why");
      assertThat(run("fix", true)).isEqualTo(3);
    }
    assertThat(file).hasContent("a");
    assertThat(place.resumed).isEmpty();
  }

  @Test
  void fix_with_words_is_a_sentence_where_the_last_run_did_not_fail() {
    failed();
    run("fix the schedule", true);
    assertThat(model.asked.getLast().text()).isEqualTo("fix the schedule");
    place.lastRun = Optional.of(TestHistory.RUN);
    run("fix the path", true);
    assertThat(model.asked).hasSize(1);
    assertThat(model.wishes).containsExactly("the path");
  }

  @Test
  void a_script_keeps_a_transcript_only_if_a_model_was_asked() throws IOException {
    place.assistant = Optional.empty();
    run("steps a", false);
    assertThat(root.resolve("transcripts")).doesNotExist();
    place.assistant = Optional.of(model);
    place.redactor.add(List.of("hunter22"));
    run("run list\nsteps hunter22\nnever hunter22", false);
    Transcript transcript = Transcript.all(root).getFirst();
    assertThat(transcript.read())
        .extracting(Exchange::said)
        .containsExactly("run list", "steps ***", "never ***");
    assertThat(transcript.file()).content().doesNotContain("hunter22").contains("\"v\":1");
    assertThat(transcript.read().get(1).model()).contains("test big");
    assertThat(transcript.read().get(1).usage()).isEqualTo(TestAssistant.USED);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(transcript.file())))
        .isEqualTo("rw-------");
    run("transcript list\ntranscript " + transcript.id(), false);
    assertThat(out()).contains(transcript.id() + "  2026-", "> steps ***\n");
  }

  @Test
  void a_torn_last_line_is_left_out_and_written_after() throws IOException {
    run("steps a\nsteps b", false);
    Transcript transcript = Transcript.all(root).getFirst();
    byte[] whole = Files.readAllBytes(transcript.file());
    for (int cut : new int[] {1, 2, 20, 100}) {
      Files.write(transcript.file(), java.util.Arrays.copyOf(whole, whole.length - cut));
      int left = cut == 1 ? 2 : 1;
      assertThat(transcript.read()).hasSize(left);
      transcript.add(transcript.read().getFirst(), place.redactor());
      assertThat(transcript.read()).hasSize(left + 1);
    }
  }

  @Test
  void a_draft_that_held_a_secret_is_not_taken_for_the_draft() {
    run("steps a", false);
    place.redactor.add(List.of("hunter22"));
    Transcript transcript = Transcript.all(root).getFirst();
    Exchange first = transcript.read().getFirst();
    String draft =
        DraftText.of(new Draft(TestPlace.flow("hunter22", "a"), root, Optional.empty())).text();
    transcript.add(
        new Exchange(
            first.at(),
            "x",
            List.of(),
            0,
            Optional.empty(),
            Optional.empty(),
            first.usage(),
            Optional.of(draft)),
        place.redactor());
    DraftText kept = new DraftText(transcript.read().getLast().draft().orElseThrow());
    assertThat(kept.isNone()).isFalse();
    assertThat(kept.read(place::read)).isEmpty();
  }
}
