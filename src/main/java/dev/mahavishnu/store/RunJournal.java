package dev.mahavishnu.store;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The journal of a run whose lock this process holds: the only thing that writes it. For one
 * thread, except where said. A write or force that fails poisons it: every later call throws {@link
 * StoreException} and the run can be resumed from what was acknowledged.
 */
public final class RunJournal implements AutoCloseable {
  private final Setting setting;
  private final RunFolder folder;
  private final Slot lock;
  private final Catalog catalog;
  private final JournalWriter writer;
  private final RunFold fold;
  private final Recovery recovery;
  private final Inbox inbox;
  private final Outputs outputs;
  private final OutputReader reader;
  private final RunLog log;
  private final JsonOut buffer = new JsonOut(16 << 10);
  private final Imaging imaging;
  private Tail tail;
  private long lastMicros;
  private volatile boolean closed;

  RunJournal(
      Setting setting, RunFolder folder, Slot lock, JournalOpening.Opened opened, Catalog catalog) {
    this.catalog = catalog;
    this.setting = setting;
    this.folder = folder;
    this.lock = lock;
    this.writer = opened.writer();
    this.fold = opened.fold();
    this.recovery = opened.recovery();
    this.inbox = opened.inbox();
    this.tail = opened.tail();
    this.lastMicros = opened.lastMicros();
    this.imaging = new Imaging(opened.checkpoints(), opened.recovery().imageSeq());
    StoreOptions options = setting.options();
    this.outputs =
        new Outputs(setting.disk(), folder.outputs(), setting.keys(), options.outputLimit());
    this.reader = new OutputReader(folder.run(), folder.path(), outputs);
    this.log =
        new RunLog(
            folder.log(), setting.clock(), options.logLimitPerTask(), options.logLimitPerRun());
  }

  public RunId run() {
    return folder.run();
  }

  /** The run as the journal tells it; changes with {@link #append}. */
  public RunFold fold() {
    return fold;
  }

  /** How it was opened. */
  public Recovery recovery() {
    return recovery;
  }

  /**
   * Appends events in one write and applies them to the fold.
   *
   * @param force whether they must be on the disk when this returns
   * @throws StoreException when they can't be written; none of them counts then. An event that is
   *     not JSON is refused without harm to the journal
   */
  public List<Recorded> append(List<RunEvent> events, boolean force) {
    checkOpen();
    List<Recorded> records = encode(events);
    if (records.isEmpty()) {
      return records;
    }
    writer.write(buffer.array(), buffer.size());
    Durability durability = setting.options().durability();
    if (durability == Durability.SYNC || (force && durability == Durability.GROUP)) {
      writer.force();
    }
    Recorded last = records.getLast();
    int at = (int) (last.position() - records.getFirst().position());
    tail = new Tail(last.position(), writer.end(), Frame.crc(buffer.array(), at));
    lastMicros = Micros.of(last.at());
    records.forEach(fold::apply);
    if (imaging.isDue(fold.seq(), setting.options().checkpointEvery())) {
      writer.force();
      imaging.start(mark(), fold);
    }
    return records;
  }

  private Mark mark() {
    return new Mark(
        run(),
        tail.end(),
        fold.seq(),
        tail.position(),
        tail.crc(),
        lastMicros,
        Micros.of(setting.clock().instant()),
        inbox.journaled());
  }

  private List<Recorded> encode(List<RunEvent> events) {
    long seq = fold.seq();
    long position = writer.prepare(seq + 1);
    long micros = Math.max(lastMicros, Micros.of(setting.clock().instant()));
    List<Recorded> records = new ArrayList<>(events.size());
    buffer.reset(0);
    for (RunEvent event : events) {
      int start = buffer.size();
      buffer.skip(Frame.HEADER);
      String name =
          event instanceof RunEvent.Commanded commanded ? inbox.nameOf(commanded.command()) : "";
      if (!name.isEmpty()) {
        inbox.journaled(name);
      }
      EventCodec.write(buffer, micros, event, name);
      int length = buffer.size() - start - Frame.HEADER;
      if (length > Frame.MAX_PAYLOAD) {
        throw new StoreException("an event of " + length + " bytes is too large for a journal");
      }
      seq++;
      Frame.finish(buffer.array(), start, length, seq, writer.durable(), position + start);
      records.add(new Recorded(seq, position + start, Micros.instant(micros), event));
    }
    return records;
  }

  /** Number of forces of the journal so far. Any thread. */
  public long forces() {
    return writer.forces();
  }

  /**
   * Keeps the output of a task, to be named by an event. Any thread. A small one goes with the
   * event; a large or secret one is in a file, and on the disk when this returns.
   *
   * @throws StoreException when it is too large or can't be stored; the journal goes on
   */
  public Output keep(JsonNode value, boolean secret) {
    checkOpen();
    return outputs.keep(value, secret);
  }

  /**
   * The output that the record at this position holds. Any thread. Not to be changed by the caller.
   */
  public JsonNode output(long position) {
    checkOpen();
    return reader.at(position);
  }

  /** What was kept. Any thread. Not to be changed by the caller. */
  public JsonNode value(Output kept) {
    checkOpen();
    return outputs.read(kept);
  }

  /** Commands that came to the inbox since the last call, oldest first. */
  public List<Command> commands() {
    checkOpen();
    try {
      return inbox.commands();
    } catch (IOException e) {
      throw Messages.store("the inbox of run " + run() + " can't be read", e);
    }
  }

  /**
   * Removes a command from the inbox, after it was journaled as {@link RunEvent.Commanded}. Should
   * the process die in between, the command does not come again: its record names its file.
   */
  public void taken(Command command) {
    checkOpen();
    // The record must last before the file goes.
    writer.force();
    try {
      inbox.taken(command);
    } catch (IOException e) {
      throw Messages.store("the inbox of run " + run() + " can't be changed", e);
    }
  }

  /**
   * Writes a checkpoint image now. One is written by itself every so many events and at the end of
   * a long journal.
   *
   * @throws StoreException when it can't be written; the journal goes on without
   */
  public void checkpoint() {
    checkOpen();
    writer.force();
    imaging.write(mark(), fold);
  }

  /** Any thread. */
  public RunLog log() {
    return log;
  }

  /** A folder of this attempt alone, private to the user; made if missing. Any thread. */
  public Path attemptFolder(TaskKey task, int attempt) {
    Path attemptFolder = folder.attempt(task, attempt);
    try {
      setting.disk().makeFolder(attemptFolder);
    } catch (IOException e) {
      throw Messages.store("the folder of " + task + " can't be made", e);
    }
    return attemptFolder;
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException("the journal of run " + run() + " is closed");
    }
    writer.check();
  }

  /**
   * Forces what is not on the disk yet and gives the lock back. Closing twice is the same as once.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    log.close();
    try (lock;
        reader;
        writer) {
      imaging.await();
      if (!writer.isPoisoned()) {
        writer.force();
        imaging.finish(mark(), fold);
        writer.seal(fold.seq());
        if (fold.state().isFinal() || fold.state() instanceof State.Paused) {
          // Nobody can change the run before the lock is free.
          catalog.closed(List.of(Lives.summary(fold, fold.state())), _ -> true);
        }
      }
    } catch (IOException e) {
      throw Messages.store("the journal of run " + run() + " can't be closed", e);
    }
  }
}
