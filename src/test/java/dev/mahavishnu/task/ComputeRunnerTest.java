package dev.mahavishnu.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.Outcome.Failed;
import dev.mahavishnu.engine.Outcome.Succeeded;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.spec.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ComputeRunnerTest {
  @TempDir Path temp;

  private Given compute(String json) {
    return Given.work(temp.resolve("flow"), new Work.Compute(Given.json(json)));
  }

  @Test
  void theOutputIsTheValueWithItsExpressionsEvaluated() throws Exception {
    Attempt attempt =
        new ComputeRunner()
            .prepare(
                compute("{\"n\": \"${{ n }}\", \"text\": \"<${{ n }}>\"}")
                    .with("n", Given.json("[1, 2]")));

    assertThat(attempt.child()).isEmpty();
    assertThat(attempt.run())
        .isEqualTo(new Succeeded(Given.json("{\"n\":[1,2],\"text\":\"<[1,2]>\"}")));
    assertThat(attempt.stop(Duration.ZERO)).isEmpty();
  }

  @Test
  void anExpressionThatFailsIsNotTriedAgain() {
    assertThat(Processes.run(new ComputeRunner(), compute("\"${{ missing }}\"")))
        .isEqualTo(new Failed("no value `missing`", false));
  }

  @ParameterizedTest
  @MethodSource("dev.mahavishnu.task.HostileValues#all")
  void aHostileValueArrivesAsItIs(String value) {
    assertThat(Processes.run(new ComputeRunner(), compute("\"${{ x }}\"").with("x", value)))
        .isInstanceOfSatisfying(
            Succeeded.class, done -> assertThat(done.output().stringValue()).isEqualTo(value));
  }

  @Test
  void theRunnersAreFoundByTheirService() {
    assertThat(ServiceLoader.load(TaskRunner.class))
        .extracting(TaskRunner::type)
        .contains("compute", "http", "python", "shell");
  }
}
