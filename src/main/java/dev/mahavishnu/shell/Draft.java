package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.SourceMap;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The flow that a person is making, before they run or save it.
 *
 * @param folder what its files are relative to
 * @param saved where it was read from or last written to
 */
record Draft(Flow flow, Path folder, Optional<Saved> saved) {

  /**
   * A file that the draft was equal to.
   *
   * @param hash of its bytes then, to see whether somebody else changed it since
   */
  record Saved(Path file, String hash) {}

  Draft with(Flow changed) {
    return new Draft(changed, folder, saved);
  }

  /** As the engine takes it. */
  FlowSource source() {
    return new FlowSource(flow, SourceMap.NONE, FlowWriter.yaml(flow), folder);
  }
}
