package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.store.RunJournal;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;

/**
 * A run as far as it has been told, and the outputs that its records hold.
 *
 * @param outputs by the position of their record
 */
record Told(RunFold fold, LongFunction<JsonNode> outputs) {
  /** By who drives it: the fold goes on with the run. */
  static Told by(RunJournal journal) {
    return new Told(journal.fold(), journal::output);
  }

  /** By what is on disk. */
  static Told by(RunHistory history, RunFold fold) {
    return new Told(fold, position -> history.output(fold.run(), position));
  }

  JsonNode output(long position) {
    return outputs.apply(position);
  }
}
