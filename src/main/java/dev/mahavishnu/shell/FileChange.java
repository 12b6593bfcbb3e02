package dev.mahavishnu.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Another text for a file of the workspace, which is written whole or not at all.
 *
 * @param before the text that the file must still have
 */
record FileChange(Path file, String before, String after) {

  /** Whether the file is inside of this folder, also when links are followed. */
  boolean isIn(Path folder) {
    try {
      return file.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException _) {
      return false;
    }
  }

  /** Writes it; false where the file is another by now, and then nothing was done. */
  boolean write() {
    try {
      // A link stays a link.
      Path target = file.toRealPath();
      if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
          || !Arrays.equals(Files.readAllBytes(target), before.getBytes(StandardCharsets.UTF_8))) {
        return false;
      }
      WholeFile.write(target, after);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
