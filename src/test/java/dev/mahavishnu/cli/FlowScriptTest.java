package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that test flows, from the command line to the engine and back. */
final class FlowScriptTest {
  @TempDir Path folder;
  private CommandLineOf commands;
  private String page = "";

  @BeforeEach
  void workspace() throws IOException {
    page = Files.readString(Path.of("docs/scripts.md"));
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/orders.yaml"), block("`flows/orders.yaml`:"));
    Files.writeString(folder.resolve("orders.mv"), block("`orders.mv`, beside"));
    orders(2);
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  /** The first block of the page after these words. */
  private String block(String words) {
    Matcher block =
        Pattern.compile(Pattern.quote(words) + ".*?\n```\\w+\n(.*?)```\n", Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).as(words).isTrue();
    return block.group(1);
  }

  private void orders(int number) throws IOException {
    Files.writeString(folder.resolve("orders.csv"), "2026-11-22,a\n".repeat(number));
  }

  @Test
  void the_example_of_the_page_tests_its_flow() throws IOException {
    CommandLineOf.Result good = commands.run("-f", "orders.mv", "--yes");

    assertThat(good.err()).isEmpty();
    assertThat(good.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(good.out()).contains("Completed orders", "Failed orders");
    assertThat(folder.resolve("note")).hasContent("no orders on another day than 2026-11-22\n");

    orders(3);
    CommandLineOf.Result bad = commands.run("-f", "orders.mv", "--yes");

    assertThat(bad.code()).isEqualTo(ExitCode.FAILED);
    assertThat(bad.err()).isEqualTo(block("would end with 1 and say"));
  }

  @Test
  void a_pipe_says_the_same() {
    CommandLineOf.Result result =
        commands
            .typing(
                """
                let day = 2026-11-22
                workflow trigger orders --param day=$day
                expect tasks.extract.output.rows > 3
                """)
            .run();

    assertThat(result.err())
        .isEqualTo("<stdin>:3:1: expect tasks.extract.output.rows > 3: it is 2\n");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void the_program_itself_says_the_same() throws IOException {
    orders(3);
    try (Program program = Program.start(folder, Map.of(), "-f", "orders.mv", "--yes")) {
      CommandLineOf.Result result = program.await(Duration.ofSeconds(60));
      assertThat(result.err()).isEqualTo(block("would end with 1 and say"));
      assertThat(result.code()).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void the_last_run_is_the_one_that_the_script_began_whatever_others_do() throws IOException {
    Files.writeString(
        folder.resolve("flows/other.yaml"),
        "flow: other\ntasks: [{id: a, type: compute, value: 1}]\n");
    CommandLineOf.Result result =
        commands.run(
            "-c",
            """
            workflow trigger orders --param day=2026-11-22
            !mv_other=1 true
            expect run.flow == "orders"
            workflow trigger other
            expect run.flow == "other" && tasks.a.output == 1
            run "exit 3" as broken
            try run
            expect run.flow == "broken" && tasks.broken.state == "FAILED"
            try run resume last
            expect exit_code == 1
            if @last run.state == "FAILED" then expect run.outputs == {}
            """,
            "--yes");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void a_mapped_task_has_the_list_of_its_outputs_and_a_skipped_one_says_so() throws IOException {
    Files.writeString(
        folder.resolve("flows/mapped.yaml"),
        """
        flow: mapped
        parameters: [{name: few, type: boolean, default: true}]
        tasks:
          - {id: each, type: compute, map: "${{ [1, 2, 3] }}", value: "${{ item * 2 }}"}
          - {id: more, type: compute, when: "!params.few", value: 1}
        """);
    CommandLineOf.Result result =
        commands.run(
            "-c",
            """
            workflow trigger mapped
            expect tasks.each.output == [2, 4, 6]
            expect tasks.more.state == "SKIPPED" && tasks.more.output == null && params.few
            expect sum(tasks.each.output) == 13
            """);

    assertThat(result.err()).isEqualTo("-c:4:1: expect sum(tasks.each.output) == 13: it is 12\n");
  }
}
