package dev.mahavishnu.engine;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes flows ready to be executed, among them those that journals hold. */
record Plans(FlowReader reader, Expressions expressions) {

  FlowPlan of(FlowSource source) {
    return Evaluations.plan(source, expressions);
  }

  /** The flow that a run is of. */
  FlowPlan of(RunFold fold) {
    return of(source(fold.root()));
  }

  /** Of the flow itself under "", and of each subflow under its task's key. */
  Map<String, FlowPlan> all(RunFold fold) {
    Map<String, FlowPlan> plans = new HashMap<>();
    for (ScopeFold scope : fold.scopes()) {
      plans.put(scope.scope(), of(source(scope)));
    }
    return plans;
  }

  /**
   * A flow as a journal holds it.
   *
   * @throws EngineException when it can't be read any more
   */
  FlowSource source(ScopeFold scope) {
    ReadResult read =
        reader.read(scope.flow() + " (recorded)", scope.spec(), Path.of(scope.folder()));
    return switch (read) {
      case ReadResult.Valid v -> v.source();
      case ReadResult.Invalid i ->
          throw new EngineException(
              "the recorded flow can't be read any more: "
                  + i.problems().stream().map(Problem::text).collect(Collectors.joining(" | ")));
    };
  }
}
