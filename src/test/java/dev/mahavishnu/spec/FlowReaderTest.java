package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every spec in {@code specs/bad} with the problems that stand beside it; {@code
 * -Dmahavishnu.golden} writes those files anew.
 */
final class FlowReaderTest {
  private static final Path SPECS = Path.of("src/test/resources/specs");
  private static final FlowReader READER = new FlowReader(new Expressions());

  static List<Path> bad() throws IOException {
    return specs("bad");
  }

  static List<Path> good() throws IOException {
    return specs("good");
  }

  static List<Path> specs(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SPECS.resolve(folder))) {
      return files
          .filter(f -> f.toString().endsWith(".yaml") || f.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void a_bad_spec_gives_all_its_problems(Path spec) throws IOException {
    String problems =
        problems(READER.read(spec)).replace(spec.toString(), spec.getFileName().toString());
    String name = spec.getFileName().toString();
    Path golden = spec.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".txt");
    if (System.getProperty("mahavishnu.golden") != null) {
      Files.writeString(golden, problems);
    }
    assertThat(problems).isNotEmpty().isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("good")
  void a_good_spec_gives_a_flow(Path spec) {
    assertThat(READER.read(spec))
        .as(problems(READER.read(spec)))
        .isInstanceOf(ReadResult.Valid.class);
  }

  @Test
  void there_are_specs_of_both_kinds() throws IOException {
    assertThat(bad()).hasSizeGreaterThan(20);
    assertThat(good()).hasSizeGreaterThan(2);
  }

  private static String problems(ReadResult result) {
    return switch (result) {
      case ReadResult.Valid _ -> "";
      case ReadResult.Invalid invalid ->
          invalid.problems().stream().map(p -> p.text() + "\n").collect(Collectors.joining());
    };
  }

  @Test
  void a_flow_that_was_made_may_name_files_that_are_not_there_yet() {
    Work work = new Work.Python(Optional.of("no-such-file.py"), Optional.empty(), List.of());
    Flow made = Flow.of("made", List.of(Task.of("a", work)));
    assertThat(READER.problems(made)).isEmpty();
    assertThat(READER.problems(made.withTasks(List.of(Task.of("a", work), Task.of("a", work)))))
        .extracting(Problem::message)
        .containsExactly("a second task `a`");
    assertThat(READER.read("made", FlowWriter.json(made), SPECS))
        .isInstanceOf(ReadResult.Invalid.class);
  }
}
