package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.cli.Cli;
import dev.mahavishnu.cli.Env;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts with the real planner and the real engine. */
final class DraftRunsTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void scripts() throws IOException {
    for (String name : new String[] {"a", "b"}) {
      Pty.script(folder, name, "true");
    }
  }

  private int run(String script, String... more) {
    out.reset();
    err.reset();
    Env env =
        new Env(
            new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("PATH", System.getenv("PATH"), "HOME", folder.resolve("home").toString()),
            folder);
    List<String> args = new java.util.ArrayList<>(List.of("--yes", "-C", folder.toString()));
    args.addAll(List.of(more));
    return Cli.run(args, env);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_saved_flow_runs_by_its_name_as_the_draft_did() {
    assertThat(run("run ./a.sh then run ./b.sh\nsave\nrun\n")).as(complained()).isZero();
    assertThat(folder.resolve("log")).hasContent("a\nb\n");
    assertThat(run("/workflow trigger --name a_to_b\n")).as(complained()).isZero();
    assertThat(folder.resolve("log")).hasContent("a\nb\na\nb\n");
  }

  @Test
  void a_saved_flow_is_opened_by_its_file_changed_and_saved_again() {
    assertThat(run("run ./a.sh then run ./b.sh\nsave\n")).isZero();
    assertThat(run("@flows/a_to_b.yaml\nretry b 2 times\nsave\n")).as(complained()).isZero();
    assertThat(said()).contains("retries: 2");
    assertThat(folder.resolve("flows/a_to_b.yaml")).content().contains("retries: 2");
    assertThat(run("@flows/a_to_b.yaml\ndiff\nrun\n")).as(complained()).isZero();
    assertThat(said()).contains("the draft is what flows/a_to_b.yaml says");
    assertThat(folder.resolve("log")).hasContent("a\nb\n");
  }

  @Test
  void a_flow_that_somebody_else_wrote_is_not_overwritten() throws IOException {
    assertThat(run("run ./a.sh then run ./b.sh\nsave\n")).isZero();
    String before = Files.readString(folder.resolve("flows/a_to_b.yaml"));
    assertThat(run("run ./a.sh then run ./b.sh with 2 retries\nsave a_to_b\n")).isEqualTo(5);
    assertThat(said()).contains("flows/a_to_b.yaml is there already").contains("retries: 2");
    assertThat(complained()).contains("<stdin>:2: flows/a_to_b.yaml is left as it is");
    assertThat(folder.resolve("flows/a_to_b.yaml")).hasContent(before);
    // Saving what is there already loses nothing.
    assertThat(run("run ./a.sh then run ./b.sh\nsave a_to_b\n")).as(complained()).isZero();
  }

  @Test
  void problems_of_a_flow_in_a_script_stand_at_the_lines_of_the_script() {
    assertThat(
            run("# a comment\n\nflow: x\ntasks:\n  - id: a\n    type: compute\n    valu: 1\nrun\n"))
        .isEqualTo(3);
    assertThat(complained()).startsWith("<stdin>:7:5: ").contains("valu");
    assertThat(said()).isEmpty();
  }

  @Test
  void a_flow_in_a_script_takes_its_parameters() {
    String flow =
        """
        flow: greet
        parameters:
          - {name: who, type: string}
          - {name: times, type: integer, default: 1}
        tasks:
          - id: say
            type: compute
            value: ${{ params.who }} ${{ params.times }}
        """;
    assertThat(run(flow + "run --param who='a b' --param=times=3\n")).as(complained()).isZero();
    assertThat(said()).contains("say = a b 3");
    assertThat(run(flow + "run\n")).isEqualTo(2);
    assertThat(complained())
        .startsWith("<stdin>:9: parameter `who` (string) must be given")
        .contains("run --param NAME=VALUE");
  }

  @Test
  void a_run_that_fails_ends_the_script_at_its_line() {
    assertThat(run("run \"exit 3\" as bad\nrun\n!touch canary\n")).isEqualTo(1);
    assertThat(complained()).contains("<stdin>:2: ended with exit code 1");
    assertThat(folder.resolve("canary")).doesNotExist();
    assertThat(run("run \"exit 3\" as bad\nrun\n!touch canary\n", "--keep-going")).isEqualTo(1);
    assertThat(folder.resolve("canary")).exists();
  }

  @Test
  void an_approval_is_not_answered_by_yes() {
    assertThat(run("wait for approval \"ok?\" as ask then run ./a.sh\nrun\n")).isEqualTo(5);
    assertThat(folder.resolve("log")).doesNotExist();
    assertThat(run("run approve last\n")).as(complained()).isZero();
    assertThat(folder.resolve("log")).hasContent("a\n");
  }

  @Test
  void a_run_in_the_background_needs_no_shell() {
    assertThat(run("run ./a.sh\nrun &\n")).as(complained()).isZero();
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(folder.resolve("log")).hasContent("a\n"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              run("run list --output json\n");
              assertThat(said()).contains("\"COMPLETED\"");
            });
  }

  @Test
  void a_misspelt_command_is_offered_right() {
    assertThat(run("run lst\n")).isEqualTo(3);
    assertThat(complained()).contains("did you mean `run list`?");
  }
}
