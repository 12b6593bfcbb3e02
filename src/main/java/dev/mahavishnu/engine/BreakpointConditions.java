package dev.mahavishnu.engine;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Stop;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.store.RunJournal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates the conditions of breakpoints with all that is known of the run, and {@code attempt}. A
 * condition that can't be evaluated stops too, and says why: who set it wants to know.
 */
final class BreakpointConditions implements Halting.Conditions {
  private final Scopes scopes;
  private final RunJournal journal;

  BreakpointConditions(Scopes scopes, RunJournal journal) {
    this.scopes = scopes;
    this.journal = journal;
  }

  @Override
  public Optional<String> why(Breakpoint breakpoint, Stop here, Optional<Output> output) {
    if (breakpoint.condition().isEmpty()) {
      return Optional.of(breakpoint.text());
    }
    try {
      JsonNode met = evaluate(breakpoint.condition().get(), here, output);
      if (!met.isBoolean()) {
        return Optional.of(breakpoint.text() + ", which is not true or false");
      }
      return met.booleanValue() ? Optional.of(breakpoint.text()) : Optional.empty();
    } catch (TaskException e) {
      return Optional.of(breakpoint.text() + ": " + scopes.redactor().redact(e.reason()));
    }
  }

  private JsonNode evaluate(String condition, Stop here, Optional<Output> output)
      throws TaskException {
    TaskKey key = here.task();
    ObjectNode attempt = JsonNodeFactory.instance.objectNode().put("attempt", here.attempt());
    Inputs seen = scopes.everything(key, Told.by(journal), attempt);
    // What it has just ended with is not in the journal yet.
    Inputs now =
        output.isEmpty() || key.isItem() ? seen : seen.with(key, () -> journal.value(output.get()));
    return now.expression(condition, key);
  }
}
