package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.llm.Examples.Example;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class ExamplesTest {
  private static final FlowReader READER = new FlowReader(new Expressions());
  private static final Path FOLDER = Path.of("prompts", "examples");

  @TempDir private Path workspace;

  static List<Example> examples() {
    return Examples.all(Path.of("nowhere"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_is_a_good_flow(Example example) {
    JsonNode tree = YAMLMapper.builder().build().readTree(example.flow());
    ReadResult result = READER.draft("example", tree);
    assertThat(result).as("%s", result).isInstanceOf(ReadResult.Valid.class);
    assertThat(new Named(List.of(example.request()), List.of()).problems(tree))
        .as("it reaches only what its request names")
        .isEmpty();
  }

  @Test
  void the_index_names_every_example_and_they_cover_what_flows_can_do() throws IOException {
    try (var files = Files.list(FOLDER)) {
      Set<String> there =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".yaml"))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(Files.readAllLines(FOLDER.resolve("index.txt"))).containsExactlyElementsOf(there);
    }
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(12);
    String all = examples().stream().map(Example::flow).collect(Collectors.joining("\n"));
    assertThat(all)
        .contains("type: shell", "type: python", "type: http", "type: compute", "type: flow")
        .contains("type: approval", "map:", "retries:", "cron:", "every:", "on_failure:", "when:")
        .contains("parameters:", "secrets:", "cache:", "run_if:", "timezone:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "request", "repair"})
  void a_prompt_says_what_it_is_for(String name) {
    Prompt prompt = new Prompts(workspace).get(name);
    assertThat(prompt.about().purpose()).isNotBlank();
    assertThat(prompt.about().inputs()).allMatch(in -> prompt.text().contains("{{" + in + "}}"));
  }

  @Test
  void the_worked_examples_of_the_prompt_are_good_answers() throws UnreadableReply {
    ReplyReader reader = new ReplyReader(new dev.mahavishnu.spec.StrictForm(List.of()));
    List<String> answers =
        new Prompts(workspace)
            .get("plan")
            .text()
            .lines()
            .filter(line -> line.startsWith("{\"outcome\""))
            .toList();
    assertThat(answers).hasSize(4);
    for (String answer : answers) {
      if (reader.read(answer) instanceof Answer.Whole whole) {
        assertThat(READER.draft("x", whole.flow())).isInstanceOf(ReadResult.Valid.class);
      }
    }
  }

  @Test
  void the_most_similar_requests_are_found() {
    assertThat(
            Similar.best(
                "each weekday at 6 in the morning, Berlin, synchronize",
                examples(),
                Example::request,
                2))
        .first()
        .satisfies(e -> assertThat(e.flow()).contains("Europe/Berlin"));
    assertThat(Similar.best("ask me before deploying", examples(), Example::request, 1))
        .singleElement()
        .satisfies(e -> assertThat(e.flow()).contains("approval"));
    assertThat(Similar.best("zzz", examples(), Example::request, 3)).isEmpty();
  }

  @Test
  void the_examples_of_a_workspace_come_first() throws IOException {
    Path own = Files.createDirectories(workspace.resolve("prompts/examples"));
    Files.writeString(own.resolve("a.yaml"), "# ours\n# request: feed the cat\nflow: cat\n");
    assertThat(Examples.all(workspace).getFirst())
        .isEqualTo(new Example("feed the cat", "flow: cat"));
  }
}
