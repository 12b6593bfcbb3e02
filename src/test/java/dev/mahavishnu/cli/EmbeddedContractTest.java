package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What flows come to on the embedded engine; the same cases are held to a server. */
final class EmbeddedContractTest {
  @TempDir Path folder;

  static List<ContractCase> cases() {
    return ContractCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_run_comes_to_what_is_promised(ContractCase expected) {
    expected.write(folder);
    CommandLineOf commands = new CommandLineOf(folder);
    List<String> line = new ArrayList<>(List.of("workflow", "trigger", expected.name()));
    expected
        .parameters()
        .properties()
        .forEach(e -> line.addAll(List.of("--param", e.getKey() + "=" + e.getValue())));
    for (int i = 0; i < expected.times(); i++) {
      commands.run(line.toArray(String[]::new));
    }

    assertThat(last(commands)).isEqualTo(Ended.of(expected));
  }

  private static Ended last(CommandLineOf commands) {
    Env env = commands.env(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    try (Workbench bench = new Workbench(env)) {
      return Ended.of(bench.store().history(), new Runs(bench).find("last"));
    }
  }
}
