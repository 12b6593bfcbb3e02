package dev.mahavishnu.engine;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import java.nio.file.Path;

/**
 * A flow ready to be executed.
 *
 * @param graph who depends on whom
 * @param json the flow as canonical JSON
 * @param folder what the flow's files are relative to
 */
record FlowPlan(Flow flow, FlowGraph graph, String json, Path folder) {
  /** Number of tasks, failure handlers included. */
  int size() {
    return flow.tasks().size() + flow.onFailure().size();
  }
}
