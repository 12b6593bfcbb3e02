package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.mahavishnu.expr.Expressions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

final class FlowReaderLimitsTest {
  private static final Path FOLDER = Path.of("src/test/resources/specs/good");
  private static final FlowReader READER =
      new FlowReader(new Expressions(), List.of(new CopyKind()));

  private static List<String> problems(String name, String text) {
    return READER.read(name, text, FOLDER) instanceof ReadResult.Invalid invalid
        ? invalid.problems().stream().map(Problem::text).toList()
        : List.of();
  }

  private static Flow flow(String text) {
    assertThat(problems("a.yaml", text)).isEmpty();
    return ((ReadResult.Valid) READER.read("a.yaml", text, FOLDER)).source().flow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.yaml", "a.json"})
  void what_is_nested_too_deep_is_refused_with_its_place(String name) {
    String deep = "{\"flow\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(problems(name, deep)).containsExactly(name + ":1:73: nested more than 64 deep");
  }

  @Test
  void deep_blocks_of_yaml_are_refused_too() {
    String deep =
        IntStream.range(0, 2_000)
            .mapToObj(i -> " ".repeat(i) + "a:\n")
            .collect(Collectors.joining());
    assertThat(problems("a.yaml", deep)).containsExactly("a.yaml:65:65: nested more than 64 deep");
  }

  @Test
  void a_character_beyond_the_basic_plane_may_stand_anywhere() {
    for (int pad = 900; pad < 1_200; pad++) {
      String face = "x".repeat(pad) + "\uD83D\uDE00";
      assertThat(flow("flow: f\ntasks: [{id: a, type: compute, value: " + face + "}]").tasks())
          .containsExactly(Task.of("a", new Work.Compute(StringNode.valueOf(face))));
    }
  }

  @Test
  void a_text_that_is_too_long_is_refused_at_once() {
    assertThat(problems("a.yaml", "flow: " + "a".repeat(NodeReader.LONGEST)))
        .containsExactly("a.yaml:1:1: the spec is longer than 32 MiB");
  }

  @Test
  void an_alias_bomb_is_refused_line_by_line_and_never_expanded() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s, %s]%n".formatted(i, i, alias, alias, alias));
    }
    assertThat(problems("a.yaml", bomb.toString()))
        .contains("a.yaml:1:5: anchors are not used in specs; write the value where it is needed")
        .hasSize(Problems.MOST + 1)
        .last()
        .asString()
        .matches("a.yaml:\\d+:\\d+: and \\d+ more");
  }

  @Test
  void a_file_that_is_no_spec_says_what_it_is(@TempDir Path folder) throws IOException {
    Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {'a', (byte) 0xFF});
    Path bom =
        Files.write(folder.resolve("bom.yaml"), "\uFEFFflow: A".getBytes(StandardCharsets.UTF_8));
    assertThat(text(folder.resolve("none.yaml"))).endsWith("none.yaml:1:1: there is no such file");
    assertThat(text(bytes)).endsWith("bytes.yaml:1:1: the file is not UTF-8 text");
    assertThat(text(folder)).endsWith(":1:1: this is a folder, not a spec");
    assertThat(text(bom)).contains("bom.yaml:1:7: `flow` must be a lower-case name, not `A`");
  }

  private static String text(Path file) {
    return ((ReadResult.Invalid) READER.read(file)).problems().getLast().text();
  }

  @Test
  void numbers_and_words_are_those_of_yaml_1_2() {
    Flow flow =
        flow(
            """
            flow: a
            tasks:
              - id: a
                type: compute
                value: [010, 0o10, 0x1F, 1_000, yes, ~, True, 1e3, .5, 2026-11-22, 12:30, "5", -0]
            """);
    assertThat(((Work.Compute) flow.tasks().getFirst().work()).value().toString())
        .isEqualTo(
            "[10,8,31,\"1_000\",\"yes\",null,true,1000.0,0.5,\"2026-11-22\",\"12:30\",\"5\",0]");
  }

  @Test
  void a_flow_made_at_run_time_is_read_the_same_way() {
    JsonNode made =
        JsonMapper.builder()
            .build()
            .readTree(
                "{\"flow\":\"made\",\"tasks\":[{\"id\":\"a\",\"type\":\"compute\",\"valu\":1}]}");
    assertThat(READER.read("tasks.gen.output", made, FOLDER))
        .isEqualTo(
            new ReadResult.Invalid(
                List.of(
                    new Problem(
                        "tasks.gen.output",
                        new Position(6, 5),
                        "unknown field `valu` in a compute task",
                        "did you mean `value`?"))));
  }

  @Test
  void a_kind_that_a_jar_adds_keeps_its_fields_and_has_its_expressions_checked() {
    Flow flow =
        flow(
            """
            flow: a
            tasks:
              - {id: a, type: copy, from: "${{ run.id }}", to: b, mode: {how: link}, retries: 2}
            """);
    assertThat(flow.tasks().getFirst().work())
        .isEqualTo(
            new Work.Custom(
                "copy",
                (ObjectNode)
                    JsonMapper.builder()
                        .build()
                        .readTree(
                            "{\"from\":\"${{ run.id"
                                + " }}\",\"to\":\"b\",\"mode\":{\"how\":\"link\"}}")));
    assertThat(
            problems(
                "a.yaml",
                """
                flow: a
                tasks:
                  - {id: a, type: copy, from: "${{ params.x }}", form: x, mode: {how: lnk, times: 0}}
                """))
        .containsExactly(
            "a.yaml:3:5: a copy task needs `to`",
            "a.yaml:3:43: unknown parameter `x`; there is no parameter",
            "a.yaml:3:50: unknown field `form` in a copy task; did you mean `from`?",
            "a.yaml:3:71: unknown how `lnk`; did you mean `link`?",
            "a.yaml:3:83: `times` must be from 1 to 9");
  }

  @Test
  void a_kind_whose_schema_can_not_be_kept_is_refused_when_it_is_loaded() {
    assertThatThrownBy(
            () -> new FlowReader(new Expressions(), List.of(new CopyKind(), new CopyKind())))
        .hasMessage("two task kinds are called `copy`");
    assertThatThrownBy(() -> reader("{\"properties\": {\"a\": {\"oneOf\": []}}}"))
        .hasMessage("task kind `odd`: its schema can't use `oneOf` here");
    assertThatThrownBy(() -> reader("{\"properties\": {\"id\": {\"type\": \"string\"}}}"))
        .hasMessage("task kind `odd`: every task has a field `id`");
  }

  @Test
  void the_kinds_of_jars_on_the_class_path_are_found(@TempDir Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(TaskKind.class.getName()), CopyKind.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      assertThat(FlowReader.installedKinds()).hasOnlyElementsOfType(CopyKind.class).hasSize(1);
      assertThat(FlowSchema.json().toString()).contains("copy: Copies a file.");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static FlowReader reader(String schema) {
    TaskKind kind =
        new TaskKind() {
          @Override
          public String type() {
            return "odd";
          }

          @Override
          public String description() {
            return "";
          }

          @Override
          public ObjectNode schema() {
            return (ObjectNode) JsonMapper.builder().build().readTree(schema);
          }
        };
    return new FlowReader(new Expressions(), List.of(kind));
  }

  @Test
  void ten_thousand_tasks_are_read_and_validated_in_time() {
    String spec = manyTasks(10_000);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      assertThat(READER.read("a.yaml", spec, FOLDER)).isInstanceOf(ReadResult.Valid.class);
      best = Math.min(best, System.nanoTime() - start);
    }
    org.slf4j.LoggerFactory.getLogger(FlowReaderLimitsTest.class)
        .info("10,000 tasks, {} characters, read in {} ms", spec.length(), best / 1_000_000);
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void ten_thousand_tasks_that_are_all_wrong_are_refused_in_time() {
    String spec = manyTasks(10_000).replace("id: task_", "id: tusk_").replace("retries", "retris");
    assertTimeout(
        Duration.ofSeconds(30),
        () -> assertThat(problems("a.yaml", spec)).hasSize(Problems.MOST + 1));
  }

  @Test
  void a_script_full_of_faults_is_refused_in_time() {
    String script = "a '${{ x }}' ${{ y }}\\n".repeat(40_000);
    String spec =
        "{\"flow\":\"a\",\"tasks\":[{\"id\":\"a\",\"type\":\"shell\",\"command\":\""
            + script
            + "\"}]}";
    assertTimeout(
        Duration.ofSeconds(30),
        () -> assertThat(problems("a.json", spec)).last().asString().endsWith("and 119900 more"));
  }

  static String manyTasks(int count) {
    StringBuilder spec =
        new StringBuilder("flow: many\nparameters: [{name: day, type: date}]\ntasks:\n");
    for (int i = 0; i < count; i++) {
      spec.append(
          """
            - id: task_%d
              type: shell
              command: ./work.sh ${{ params.day }} "${{ tasks.task_%d.output }}"
              retries: 3
              depends_on: [task_%d]
          """
              .formatted(i + 1, i / 2, i / 3));
    }
    return spec.append("  - {id: task_0, type: compute, value: 1}\n").toString();
  }

  @Test
  void a_cycle_through_ten_thousand_tasks_is_found() {
    String spec =
        manyTasks(10_000).replace("value: 1}", "value: \"${{ tasks.task_9999.output }}\"}");
    assertThat(problems("a.yaml", spec))
        .hasSize(1)
        .first()
        .asString()
        .contains("tasks wait for each other: ")
        .contains(" -> task_0 -> ");
  }
}
