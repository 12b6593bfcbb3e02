package dev.mahavishnu.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.ChildJvm;
import dev.mahavishnu.eval.Verdict.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The planner on a real model that can't plan. Nothing is asked of what it says but that the
 * planner comes to an end with it and lets nothing through that is no flow.
 */
final class SmallModelPlanningTest {
  private static SmallModel model;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    model = SmallModel.start();
  }

  @AfterAll
  static void end() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void the_repairs_end_and_nothing_invalid_is_proposed() {
    Evaluation evaluation = new Evaluation(new ModelSubject(model.settings(), Map.of()));
    List<Result> results = new ArrayList<>();
    // A minute of a core each; `./mvnw -Peval verify` asks all five.
    SmallModel.cases(Cases.all()).stream()
        .limit(1)
        .forEach(one -> results.addAll(evaluation.run(one)));
    System.out.println(new Tally(results).table());
    assertThat(results).hasSize(1);
    for (Result result : results) {
      assertThat(result.verdict().kind()).as(result.toString()).isNotEqualTo(Kind.INVALID);
      assertThat(result.repairs()).isBetween(0, 2);
      assertThat(result.usage().calls()).isPositive();
      assertThat(result.usage().input())
          .isLessThanOrEqualTo((long) SmallModel.CONTEXT * result.usage().calls());
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void through_the_whole_shell_nothing_runs(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("boom.sh"), "#!/bin/sh\ntouch ran\n");
    assertThat(folder.resolve("boom.sh").toFile().setExecutable(true)).isTrue();

    int code =
        shell(
            folder, "run boom.sh every morning, and then whatever else you like, and start it now");

    String said = Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
    assertThat(code).as(said).isIn(0, 3, 4);
    assertThat(folder.resolve("ran")).doesNotExist();
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(f -> folder.relativize(f).toString()))
          .noneMatch(f -> f.matches(".*/runs/.+"));
    }
  }

  private static int shell(Path folder, String sentence) throws Exception {
    List<String> command = new ArrayList<>(ChildJvm.of("dev.mahavishnu.cli.Main"));
    command.addAll(
        List.of(
            "--set",
            "llm.base_url=" + model.url(),
            "--set",
            "llm.model=smollm2",
            "--set",
            "llm.max_output_tokens=" + SmallModel.ANSWER,
            "--set",
            "llm.timeout=5m",
            "-c",
            sentence));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
