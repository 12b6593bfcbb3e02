package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tasks of type {@code compute}: the output is a value with its expressions evaluated. */
public final class ComputeRunner implements TaskRunner {
  @Override
  public String type() {
    return "compute";
  }

  @Override
  public Attempt prepare(AttemptContext context) throws TaskException {
    Work.Compute work = (Work.Compute) context.work();
    return new Computed(context.value(work.value()));
  }

  private record Computed(JsonNode value) implements Attempt {
    @Override
    public Optional<Child> child() {
      return Optional.empty();
    }

    @Override
    public Outcome run() {
      return new Outcome.Succeeded(value);
    }

    @Override
    public List<Long> stop(Duration grace) {
      return List.of();
    }
  }
}
