package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Appends to the newest segment of a journal. A write or force that fails poisons it: what is on
 * the disk is then not known, so every later call fails too. For one thread.
 */
final class JournalWriter implements AutoCloseable {
  private final Disk disk;
  private final Path folder;
  private final RunId run;
  private final long segmentLimit;
  private Disk.Appender file;
  private long base;
  private long end;
  private long durable;
  private boolean sealed;
  private final AtomicLong forces = new AtomicLong();
  private volatile String poison = "";

  private JournalWriter(
      Disk disk, Path folder, RunId run, long segmentLimit, Disk.Appender file, long base) {
    this.disk = disk;
    this.folder = folder;
    this.run = run;
    this.segmentLimit = segmentLimit;
    this.file = file;
    this.base = base;
  }

  /** Starts a journal: its first segment, on the disk. */
  static JournalWriter start(Disk disk, Path folder, RunId run, long segmentLimit)
      throws IOException {
    Disk.Appender file = newSegment(disk, folder, run, 0, 1);
    JournalWriter writer = new JournalWriter(disk, folder, run, segmentLimit, file, 0);
    writer.end = Frame.SEGMENT_HEADER;
    writer.durable = writer.end;
    return writer;
  }

  /** Goes on with a journal: cuts what is torn, and makes sure that the rest is on the disk. */
  static JournalWriter resume(
      Disk disk, Path folder, RunId run, long segmentLimit, Segment newest, JournalReader.End end)
      throws IOException {
    Disk.Appender file = disk.open(newest.file());
    try {
      if (end.torn() > 0) {
        file.truncate(end.position() - newest.base());
      }
      // The process before may have died between its write and its force.
      file.force();
      if (newest.base() + file.length() != end.position()) {
        throw new IOException(newest.file() + " changed while it was read");
      }
      JournalWriter writer =
          new JournalWriter(disk, folder, run, segmentLimit, file, newest.base());
      writer.end = end.position();
      writer.durable = end.position();
      writer.sealed = end.sealed();
      return writer;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Disk.Appender newSegment(
      Disk disk, Path folder, RunId run, long base, long firstSeq) throws IOException {
    Path file = Segment.at(folder, base).file();
    byte[] header = Frame.segmentHeader(run.text(), base, firstSeq);
    disk.replace(file, header, header.length);
    return disk.open(file);
  }

  /** Position at which the next record will stand; a full segment is ended first. */
  long prepare(long nextSeq) {
    check();
    if (end - base > segmentLimit) {
      try {
        force();
        file.close();
        // Should making the new one fail, nothing may be written to the old one any more.
        file = newSegment(disk, folder, run, end, nextSeq);
        base = end;
        end = base + Frame.SEGMENT_HEADER;
        durable = end;
      } catch (IOException e) {
        throw failed(e);
      }
    }
    return end;
  }

  /** Position up to which everything is on the disk. */
  long durable() {
    return durable;
  }

  long end() {
    return end;
  }

  void write(byte[] bytes, int length) {
    check();
    try {
      file.write(bytes, 0, length);
      end += length;
      sealed = false;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Ends the journal for now: everything before the seal is on the disk, so that what is wrong
   * there later was damaged and not torn.
   */
  void seal(long seq) {
    force();
    if (!sealed) {
      byte[] seal = new byte[Frame.HEADER];
      Frame.finish(seal, 0, 0, seq, durable, end);
      write(seal, seal.length);
      force();
      sealed = true;
    }
  }

  void force() {
    check();
    if (durable == end) {
      return;
    }
    try {
      file.force();
      forces.incrementAndGet();
      durable = end;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  long forces() {
    return forces.get();
  }

  /** Throws when an earlier write or force failed. Any thread. */
  void check() {
    if (!poison.isEmpty()) {
      throw new StoreException(poison);
    }
  }

  boolean isPoisoned() {
    return !poison.isEmpty();
  }

  private StoreException failed(IOException cause) {
    poison =
        "the journal of run "
            + run
            + " can't be written: "
            + Messages.of(cause)
            + "; what was acknowledged is safe, resume the run when that is mended";
    return new StoreException(poison, cause);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
