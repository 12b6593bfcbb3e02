package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Redactor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a model can read of real runs. */
final class RunLookupsTest {
  private static final String FLOW =
      """
      flow: daily
      tasks:
        - {id: fetch, type: compute, value: {rows: 3, note: canary-of-a-value}}
        - {id: load, type: shell, command: 'for i in $(seq 300); do echo line $i; done; exit 3', depends_on: [fetch]}
      """;

  @TempDir Path folder;
  private final Redactor redactor = new Redactor();
  private RealRuns runs;

  @BeforeEach
  void open() {
    runs = new RealRuns(folder, Map.of("TOKEN", "hunter2-hunter2"));
    redactor.add(List.of("canary-of-a-value"));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private String look(String tool, String arguments) {
    RunLookups lookups = new RunLookups(runs.history(), redactor, Clock.systemUTC());
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(arguments);
    return lookups.look(new Call.Lookup("1", tool, json));
  }

  @Test
  void runs_their_tasks_logs_and_outputs_can_be_read() throws InterruptedException {
    RunId run = runs.run(FLOW);
    assertThat(look("list_runs", "{\"states\": \"failed, crashed\"}"))
        .contains("1 run, 1 failed", run.text());
    assertThat(look("list_runs", "{\"by\": \"task\", \"order\": \"most_failed\"}"))
        .contains("daily | load | 1 | 1");
    assertThat(look("show_run", "{\"run\": \"last\"}"))
        .contains("state Failed", "task fetch: Completed", "task load: Failed", "exited with 3");
    assertThat(look("read_output", "{\"run\": \"last\", \"task\": \"fetch\"}"))
        .isEqualTo("{\"rows\":3,\"note\":\"***\"}");
    assertThat(look("read_output", "{\"run\": \"last\", \"task\": \"load\"}"))
        .isEqualTo("that task has no output");
    assertThat(look("read_log", "{\"run\": \"last\", \"task\": \"load\", \"lines\": 2}"))
        .isEqualTo("299 load #1 stdout: line 299\n300 load #1 stdout: line 300");
    assertThat(look("read_log", "{\"run\": \"last\", \"lines\": 1, \"first\": true}"))
        .isEqualTo("1 load #1 stdout: line 1");
    assertThat(
            look(
                "read_log",
                "{\"run\": \"last\", \"contains\": \"line 17\", \"first\": true, \"lines\": 2}"))
        .isEqualTo("17 load #1 stdout: line 17\n170 load #1 stdout: line 170");
  }

  @Test
  void what_a_model_gets_wrong_is_said_and_nothing_is_thrown() throws InterruptedException {
    runs.run(FLOW);
    assertThat(look("show_run", "{\"run\": \"nothing\"}")).startsWith("there is no such run");
    assertThat(look("show_run", "{}")).startsWith("there is no such run");
    assertThat(look("delete_run", "{\"run\": \"last\"}")).startsWith("there is no lookup");
    assertThat(look("list_runs", "{\"from\": \"yesterday\"}")).contains("no ISO date");
    assertThat(look("read_output", "{\"run\": \"last\", \"task\": \"a b [\"}"))
        .contains("can't be looked up");
    assertThat(look("read_log", "{\"run\": \"last\", \"task\": \"nope\"}"))
        .isEqualTo("no such lines");
  }

  @Test
  void an_answer_is_bounded() throws InterruptedException {
    runs.run(
        "{flow: big, tasks: [{id: a, type: compute, value: '${{ \"x\" * 1 }}'}]}"
            .replace("'${{ \"x\" * 1 }}'", "'" + "x".repeat(20_000) + "'"));
    assertThat(look("read_output", "{\"run\": \"last\", \"task\": \"a\"}"))
        .hasSizeLessThan(RunLookups.LONGEST + 100)
        .endsWith("cut: ask for less");
  }

  @Test
  void an_output_that_is_secret_is_not_read() throws InterruptedException {
    runs.run(
        """
        flow: hides
        secrets: [TOKEN]
        tasks:
          - {id: a, type: compute, value: '${{ secrets.TOKEN }}'}
        """);
    assertThat(look("read_output", "{\"run\": \"last\", \"task\": \"a\"}"))
        .doesNotContain("hunter2");
  }
}
