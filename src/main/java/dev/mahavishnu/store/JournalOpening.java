package dev.mahavishnu.store;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import java.io.IOException;
import java.util.List;

/** Opens a journal for writing: recovers the fold and cuts a torn tail. */
final class JournalOpening {
  private final Setting setting;
  private final RunFolder folder;
  private final Inbox inbox;
  private final RunFold fold = new RunFold();
  private long lastMicros;
  private long replayed;

  private JournalOpening(Setting setting, RunFolder folder) {
    this.setting = setting;
    this.folder = folder;
    this.inbox = new Inbox(setting.disk(), folder.inbox());
  }

  static RunJournal.Recovered start(Setting setting, RunFolder folder) throws IOException {
    JournalWriter writer =
        JournalWriter.start(
            setting.disk(), folder.path(), folder.run(), setting.options().segmentLimit());
    Inbox inbox = new Inbox(setting.disk(), folder.inbox());
    return new RunJournal.Recovered(
        writer, new RunFold(), new Recovery(false, 0, 0, 0), inbox, Long.MIN_VALUE);
  }

  static RunJournal.Recovered recover(Setting setting, RunFolder folder) throws IOException {
    return new JournalOpening(setting, folder).recover();
  }

  private RunJournal.Recovered recover() throws IOException {
    List<Segment> segments = Segment.list(folder.path());
    JournalReader.End end = JournalReader.read(folder.run(), segments, 0, 0, this::replay);
    JournalWriter writer =
        JournalWriter.resume(
            setting.disk(),
            folder.path(),
            folder.run(),
            setting.options().segmentLimit(),
            segments.getLast(),
            end);
    inbox.clean();
    return new RunJournal.Recovered(
        writer, fold, new Recovery(false, 0, replayed, end.torn()), inbox, lastMicros);
  }

  private void replay(long seq, long position, byte[] bytes, int from, int length) {
    EventCodec.Decoded decoded = EventCodec.read(bytes, from, length);
    if (!decoded.inbox().isEmpty()) {
      inbox.journaled(decoded.inbox());
    }
    lastMicros = Math.max(lastMicros, Micros.of(decoded.at()));
    fold.apply(new Recorded(seq, position, decoded.at(), decoded.event()));
    replayed++;
  }
}
