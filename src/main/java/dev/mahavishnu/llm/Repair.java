package dev.mahavishnu.llm;

import dev.mahavishnu.spec.Flow;
import java.nio.file.Path;

/** What would let a failed run go on. */
public sealed interface Repair {
  /**
   * The flow should change.
   *
   * @param flow the whole flow, changed and valid
   * @param why one line
   */
  record Respec(Flow flow, String why) implements Repair {}

  /**
   * A file of the workspace should change.
   *
   * @param file absolute, inside of the workspace
   * @param before its text when it was read: where the file is another by now, nothing is written
   * @param after its text then
   * @param why one line
   */
  record Patch(Path file, String before, String after, String why) implements Repair {}

  /** The model has no repair, or one that code refused: one line why. */
  record Refused(String reason) implements Repair {}

  /** No answer: one line why. */
  record Unavailable(String reason) implements Repair {}

  /** The person stopped it. */
  record Stopped() implements Repair {}
}
