package dev.mahavishnu.engine;

import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.store.RunJournal;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Evaluates the outputs of a flow whose tasks have all ended well. */
final class Outputs {
  private final FlowPlan plan;
  private final Inputs inputs;
  private final Inputs.Surroundings seen;
  private final Redactor redactor;

  Outputs(FlowPlan plan, Inputs inputs, Inputs.Surroundings seen, Redactor redactor) {
    this.plan = plan;
    this.inputs = inputs;
    this.seen = seen;
    this.redactor = redactor;
  }

  Stimulus evaluate(String scope, RunJournal journal) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    try {
      for (NamedValue output : plan.flow().outputs()) {
        outputs.set(output.name(), inputs.value(output.value(), TaskKey.of(scope, output.name())));
      }
    } catch (TaskException e) {
      return new Stimulus.Returned(
          scope, Optional.empty(), redactor.redact("outputs: " + e.getMessage()));
    }
    if (plan.flow().outputs().isEmpty()) {
      for (Task task : plan.flow().tasks()) {
        Inputs.Upstream ended = seen.upstream().get(task.id());
        if (plan.graph().downstream(task.id()).isEmpty() && ended != null) {
          outputs.set(task.id(), ended.output().get());
        }
      }
    }
    boolean secret = Secrecy.holdsSecret(outputs, seen.secrets(), redactor);
    return new Stimulus.Returned(scope, Optional.of(journal.keep(outputs, secret)), "");
  }
}
