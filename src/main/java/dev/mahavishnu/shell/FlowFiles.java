package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import java.nio.file.Path;
import java.util.Optional;

/** Writes flows to the folder of flows in the way of {@code save}, for who has no draft. */
public final class FlowFiles {
  private final Path folder;

  /**
   * @param folder of flows
   */
  public FlowFiles(Path folder) {
    this.folder = folder;
  }

  /** The file of a flow that is new. */
  public Path file(Flow flow) {
    return new Saving(folder).file(draft(flow, folder));
  }

  /**
   * The flow as it must stand in the folder of flows.
   *
   * @param from what its files are relative to now
   */
  public Flow asWritten(Flow flow, Path from) {
    return Relocation.of(flow, from, folder);
  }

  /** Writes the flow, whole or not at all; its files are relative to the folder of the file. */
  public void write(Flow flow, Path file) {
    Path beside = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(folder);
    new Saving(folder).write(draft(flow, beside), file);
  }

  private static Draft draft(Flow flow, Path folder) {
    return new Draft(flow, folder, Optional.empty());
  }
}
