package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps bytes that are wrong, for who wants to look into it; never in the way of anything. */
final class Aside {
  private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

  private Aside() {}

  /** Copies a damaged file once; the file itself stays where it is and as it is. */
  static void copy(Disk disk, Path file) {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    if (!Files.exists(aside)) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        disk.replace(aside, bytes, bytes.length);
      } catch (IOException e) {
        LOG.warn("{} is damaged and can't be copied: {}", file, Messages.of(e));
      }
    }
  }

  /** Copies a torn tail that is about to be cut off. */
  static void torn(Disk disk, Segment segment, JournalReader.End end) {
    LOG.warn(
        "{}: {} bytes were torn by a crash and never acknowledged; they are cut off",
        segment.file(),
        end.torn());
    Path aside = segment.file().resolveSibling("torn-" + end.position() + ".bin");
    try (Window window = new Window(segment.file())) {
      int length = (int) Math.min(end.torn(), Frame.MAX_PAYLOAD);
      long offset = end.position() - segment.base();
      int there = window.load(offset, length);
      disk.replace(aside, window.copy(offset, there), there);
    } catch (IOException e) {
      LOG.warn("the torn bytes can't be copied to {}: {}", aside, Messages.of(e));
    }
  }
}
