package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlowWriterTest {
  private static final Path FOLDER = Path.of("src/test/resources/specs/good");
  private static final FlowReader READER = new FlowReader(new Expressions());
  private static final int ROUNDS = Integer.getInteger("mahavishnu.flows", 60);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void what_is_written_reads_as_an_equal_flow(long seed) {
    RandomFlows flows = new RandomFlows(seed);
    for (int i = 0; i < ROUNDS; i++) {
      Flow flow = flows.flow();
      assertThat(read("a.yaml", FlowWriter.yaml(flow))).isEqualTo(flow);
      assertThat(read("a.json", FlowWriter.json(flow))).isEqualTo(flow);
      if (!FlowWriter.json(flow).contains("y".repeat(1_500))) {
        // YAML takes no name this long in JSON's style.
        assertThat(read("a.yaml", FlowWriter.json(flow))).isEqualTo(flow);
      }
      assertThat(read("a", FlowWriter.json(flow))).isEqualTo(flow);
    }
  }

  private static Flow read(String name, String text) {
    ReadResult result = READER.read(name, text, FOLDER);
    if (result instanceof ReadResult.Invalid invalid) {
      throw new AssertionError(invalid.problems() + "\n" + text);
    }
    return ((ReadResult.Valid) result).source().flow();
  }

  @Test
  void the_yaml_is_what_a_person_would_write() throws IOException {
    Path spec = FOLDER.resolve("etl.yaml");
    Flow flow = read("etl.yaml", Files.readString(spec));
    assertThat(FlowWriter.yaml(flow, "../flow.schema.json"))
        .isEqualTo(
            """
            # yaml-language-server: $schema=../flow.schema.json
            flow: etl_pipeline
            description: Load one day of orders
            parameters:
              - {name: day, type: date, default: "2026-11-22"}
              - {name: regions, type: "list<string>", default: [eu, us]}
            secrets: [WAREHOUSE_TOKEN]
            tasks:
              - id: extract
                type: shell
                command: ./extract.sh ${{ params.day }} ${{ item }}
                map: ${{ params.regions }}
                concurrency: 4
                retries: 3
                retry_delay: {initial: 2s, factor: 2, jitter: 0.2}
                timeout: 5m
                cache: {key: inputs, expires: 1h}
              - id: load
                type: python
                file: load.py
                inputs: [{name: files, value: "${{ tasks.extract.output }}"}]
              - id: alert
                type: http
                method: POST
                url: https://example.org/hook
                depends_on: [load]
                run_if: one_failed
            schedules: [{cron: "0 6 * * 1-5", timezone: Europe/Berlin}]
            """);
  }

  @Test
  void texts_of_several_lines_are_blocks_and_json_is_one_line() {
    Flow flow =
        Flow.of(
            "two",
            List.of(
                Task.of(
                    "a", new Work.Shell(java.util.Optional.of("set -e\n\n./a.sh\n"), List.of()))));
    assertThat(FlowWriter.yaml(flow))
        .isEqualTo(
            """
            flow: two
            tasks:
              - id: a
                type: shell
                command: |
                  set -e

                  ./a.sh
            """);
    assertThat(FlowWriter.json(flow))
        .isEqualTo(
            "{\"flow\":\"two\",\"tasks\":[{\"id\":\"a\",\"type\":\"shell\",\"command\":\"set"
                + " -e\\n\\n./a.sh\\n\"}]}");
    assertThat(FlowWriter.yaml(flow.tasks().getFirst())).startsWith("id: a\ntype: shell\n");
  }
}
