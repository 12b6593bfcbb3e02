package dev.mahavishnu.store;

import dev.mahavishnu.run.RunFold;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.NavigableMap;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoint images of a run. They only save time: a bad one is dropped, with a warning. */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final int KEPT = 2;

  /** A fold and the part of the journal that it is the fold of. */
  record Restored(Mark mark, RunFold fold) {}

  private final RunFolder folder;
  private final ImageFolder images;

  Checkpoints(Disk disk, RunFolder folder) {
    this.folder = folder;
    this.images = new ImageFolder(disk, folder.path(), "image-");
  }

  /**
   * The newest good image.
   *
   * @param drop whether bad ones are deleted; only the holder of the run may
   */
  Optional<Restored> newest(boolean drop) throws IOException {
    for (ImageFolder.Image image : images.list()) {
      try {
        Entries entries = new Entries(images.read(image));
        Mark mark = Mark.read(entries.needJson("mark"));
        if (!mark.run().equals(folder.run())
            || mark.position() != image.number()
            || !RecordCheck.isRecord(folder, mark)) {
          throw new StoreException("it is not of this journal");
        }
        RunFold fold = FoldImage.read(entries);
        if (fold.seq() != mark.seq()) {
          throw new StoreException("it is not whole");
        }
        return Optional.of(new Restored(mark, fold));
      } catch (NoSuchFileException meanwhile) {
        // Its holder wrote newer ones.
      } catch (RuntimeException bad) {
        LOG.warn("a checkpoint image is not used, {}: {}", bad.getMessage(), image.file());
        if (drop) {
          images.delete(image);
        }
      }
    }
    return Optional.empty();
  }

  /** What an image is made of, taken while the fold does not change. */
  static NavigableMap<String, byte[]> snapshot(Mark mark, RunFold fold) {
    Entries entries = new Entries();
    entries.put("mark", mark.json());
    FoldImage.write(entries, fold);
    return entries.pieces();
  }

  /** Publishes an image; the journal must be on the disk as far as it covers it. */
  void publish(Mark mark, NavigableMap<String, byte[]> snapshot) throws IOException {
    images.publish(mark.position(), snapshot);
    images.keep(KEPT);
  }
}
