package dev.mahavishnu.store;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Opens a journal for writing: recovers the fold, from an image where there is one. */
final class JournalOpening {
  private final Setting setting;
  private final RunFolder folder;
  private final Checkpoints checkpoints;
  private final Inbox inbox;
  private RunFold fold = new RunFold();
  private Tail tail = Tail.NONE;
  private long lastMicros = Long.MIN_VALUE;
  private long replayed;

  private JournalOpening(Setting setting, RunFolder folder) {
    this.setting = setting;
    this.folder = folder;
    this.checkpoints = new Checkpoints(setting.disk(), folder);
    this.inbox = new Inbox(setting.disk(), folder.inbox());
  }

  /**
   * What a journal starts from.
   *
   * @param lastMicros time of the last event; no later one is recorded as earlier
   */
  record Opened(
      JournalWriter writer,
      RunFold fold,
      Recovery recovery,
      Tail tail,
      Checkpoints checkpoints,
      Inbox inbox,
      long lastMicros) {}

  /** Starts a journal where there is none. */
  static Opened start(Setting setting, RunFolder folder) throws IOException {
    JournalOpening opening = new JournalOpening(setting, folder);
    JournalWriter writer =
        JournalWriter.start(
            setting.disk(), folder.path(), folder.run(), setting.options().segmentLimit());
    return opening.opened(writer, new Recovery(false, 0, 0, 0));
  }

  /**
   * Recovers a journal.
   *
   * @return empty when the run was never started: its process died before the first event
   */
  static Optional<Opened> recover(Setting setting, RunFolder folder) throws IOException {
    return new JournalOpening(setting, folder).recover();
  }

  private Optional<Opened> recover() throws IOException {
    Optional<Checkpoints.Restored> image = checkpoints.newest(true);
    image.ifPresent(this::restore);
    List<Segment> segments = Segment.list(folder.path());
    JournalReader.End end;
    try {
      end =
          JournalReader.read(
              folder.run(), segments, Math.max(0, tail.end()), fold.seq(), this::replay);
    } catch (DamagedException e) {
      Aside.copy(setting.disk(), e.file());
      throw e;
    }
    if (fold.seq() == 0) {
      return Optional.empty();
    }
    Segment newest = segments.getLast();
    if (end.torn() > 0) {
      Aside.torn(setting.disk(), newest, end);
    }
    JournalWriter writer =
        JournalWriter.resume(
            setting.disk(),
            folder.path(),
            folder.run(),
            setting.options().segmentLimit(),
            newest,
            end);
    inbox.clean();
    long imageSeq = image.map(i -> i.mark().seq()).orElse(0L);
    return Optional.of(
        opened(writer, new Recovery(image.isPresent(), imageSeq, replayed, end.torn())));
  }

  private Opened opened(JournalWriter writer, Recovery recovery) {
    return new Opened(writer, fold, recovery, tail, checkpoints, inbox, lastMicros);
  }

  private void restore(Checkpoints.Restored image) {
    Mark mark = image.mark();
    fold = image.fold();
    tail = new Tail(mark.last(), mark.position(), mark.crc());
    lastMicros = mark.micros();
    mark.inbox().forEach(inbox::journaled);
  }

  private void replay(long seq, long position, byte[] bytes, int from, int length) {
    EventCodec.Decoded decoded = EventCodec.read(bytes, from, length);
    if (!decoded.inbox().isEmpty()) {
      inbox.journaled(decoded.inbox());
    }
    lastMicros = Math.max(lastMicros, Micros.of(decoded.at()));
    fold.apply(new Recorded(seq, position, decoded.at(), decoded.event()));
    tail = Tail.of(position, bytes, from, length);
    replayed++;
  }
}
