package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start loads what it needs: the time of a start is the time of loading classes. */
final class LoadedClassesTest {
  @TempDir Path folder;

  /** Names of the classes that a pipe with these statements loads. */
  private List<String> loaded(String statements) throws IOException, InterruptedException {
    Path log = folder.resolve("classes.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log + ":none",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.mahavishnu.cli.Main")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(statements.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("out"))).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines.map(line -> line.split(" ", 2)[0]).toList();
    }
  }

  @Test
  void a_pipe_needs_no_terminal_library_and_no_expressions_or_engine_before_it_meets_them()
      throws IOException, InterruptedException {
    List<String> names = loaded("help\nrun ./a.sh then run ./b.sh\nshow\n");
    assertThat(names).anyMatch(name -> name.startsWith("dev.mahavishnu.plan.offline."));
    assertThat(names.stream().filter(LoadedClassesTest::isLate)).isEmpty();
  }

  @Test
  void a_run_needs_nothing_of_a_server_where_none_is_configured()
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(
        folder.resolve("flows/one.yaml"), "flow: one\ntasks: [{id: a, type: compute, value: 1}]\n");
    List<String> names = loaded("workflow trigger --name one\n");
    assertThat(names).contains("dev.mahavishnu.engine.RunLoop");
    assertThat(names)
        .noneMatch(name -> name.startsWith("dev.mahavishnu.prefect.mirror."))
        .doesNotContain("dev.mahavishnu.prefect.PrefectClient", "dev.mahavishnu.cli.MirrorInForce");
  }

  private static boolean isLate(String name) {
    return Stream.of(
            "org.jline.",
            "dev.cel.",
            "org.mapdb.",
            "dev.mahavishnu.store.Store",
            "dev.mahavishnu.engine.RunLoop",
            "dev.langchain4j.",
            "dev.mahavishnu.mcp.",
            "io.modelcontextprotocol.",
            "reactor.",
            "dev.mahavishnu.llm.provider.ModelChat")
        .anyMatch(name::startsWith);
  }
}
