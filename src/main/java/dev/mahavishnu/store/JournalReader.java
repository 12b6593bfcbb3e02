package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.util.List;

/**
 * Reads the records of a journal in order, also while another process writes it: only whole, right
 * records are seen.
 */
final class JournalReader {
  /** Gets each record; the bytes are the reader's and change after the call. */
  interface Visitor {
    void record(long seq, long position, byte[] bytes, int from, int length);

    /** Whether reading may end here, whatever follows. */
    default boolean hasEnough() {
      return false;
    }
  }

  /**
   * Where reading ended.
   *
   * @param position after the last right record
   * @param seq of the last record with an event
   * @param torn bytes after {@code position} that are no right record and were never acknowledged
   * @param sealed whether the journal was closed and nothing came after
   */
  record End(long position, long seq, long torn, boolean sealed) {}

  private final RunId run;
  private final List<Segment> segments;
  private final Visitor visitor;
  private long seq;
  private boolean sealed;

  private JournalReader(RunId run, List<Segment> segments, long seq, Visitor visitor) {
    this.run = run;
    this.segments = segments;
    this.seq = seq;
    this.visitor = visitor;
  }

  /**
   * Reads from a position on that a record starts at.
   *
   * @param seq of the record before it
   * @throws StoreException when bytes that were acknowledged are damaged or missing
   */
  static End read(RunId run, List<Segment> segments, long from, long seq, Visitor visitor)
      throws IOException {
    return new JournalReader(run, segments, seq, visitor).read(from);
  }

  private End read(long from) throws IOException {
    if (segments.isEmpty() || segments.getFirst().base() != 0) {
      throw new StoreException("the journal of run " + run + " has lost its first file");
    }
    long position = from;
    long torn = 0;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean newest = i == segments.size() - 1;
      if (!newest && segments.get(i + 1).base() <= from) {
        checkLength(segment, segments.get(i + 1));
        continue;
      }
      try (Window window = new Window(segment.file())) {
        checkHeader(segment, window);
        if (position <= segment.base()) {
          position = segment.base() + Frame.SEGMENT_HEADER;
          checkFirst(segment, window);
        }
        position = segment(segment, window, position, newest);
        if (visitor.hasEnough()) {
          return new End(position, seq, 0, false);
        }
        torn = newest ? Math.max(0, segment.base() + window.fileLength() - position) : 0;
      }
      if (!newest && segments.get(i + 1).base() != position) {
        throw damaged(segment, position, "what comes next is not there");
      }
    }
    return new End(position, seq, torn, sealed);
  }

  private void checkLength(Segment segment, Segment next) throws IOException {
    long end = segment.end();
    if (end != next.base()) {
      throw damaged(segment, Math.min(end, next.base()), "its length is not what it was");
    }
  }

  private void checkHeader(Segment segment, Window window) throws IOException {
    int there = window.load(0, Frame.SEGMENT_HEADER);
    String problem = Frame.headerProblem(window.bytes(), there, run.text(), segment.base());
    if (!problem.isEmpty()) {
      throw new DamagedException(
          "the journal of run " + run + " can't be read: " + problem + " (" + segment.file() + ")",
          segment.file());
    }
  }

  private void checkFirst(Segment segment, Window window) {
    long first = Frame.firstSeq(window.bytes());
    if (first != seq + 1) {
      throw damaged(segment, segment.base(), "record " + first + " starts it after " + seq);
    }
  }

  private long segment(Segment segment, Window window, long from, boolean newest)
      throws IOException {
    long position = from;
    while (!visitor.hasEnough()) {
      long offset = position - segment.base();
      int length = right(window, offset, position);
      if (length == NOTHING) {
        return position;
      }
      if (length == WRONG) {
        // What was being written while it was read is right at the second look.
        window.forget();
        length = right(window, offset, position);
      }
      if (length < 0 && (!newest || isFollowed(segment, window, position))) {
        window.forget();
        length = right(window, offset, position);
        if (length < 0) {
          throw damaged(segment, position, "a record is not what was written");
        }
      }
      if (length < 0) {
        return position;
      }
      visit(segment, window, position, length);
      position += Frame.HEADER + length;
    }
    return position;
  }

  private void visit(Segment segment, Window window, long position, int length) {
    int at = window.at(position - segment.base());
    long found = Frame.seq(window.bytes(), at);
    if (found != (length == 0 ? seq : seq + 1)) {
      throw damaged(segment, position, "record " + found + " stands after record " + seq);
    }
    sealed = length == 0;
    if (length > 0) {
      seq = found;
      visitor.record(found, position, window.bytes(), at + Frame.HEADER, length);
    }
  }

  private static final int NOTHING = -1;
  private static final int WRONG = -2;

  /**
   * Length of the payload of the right record at an offset, or {@code NOTHING} or {@code WRONG}.
   */
  private static int right(Window window, long offset, long position) throws IOException {
    int there = window.load(offset, Frame.HEADER);
    if (there == 0) {
      return NOTHING;
    }
    if (there < Frame.HEADER) {
      return WRONG;
    }
    int length = Frame.length(window.bytes(), window.at(offset));
    if (length < 0
        || length > Frame.MAX_PAYLOAD
        || offset + Frame.HEADER + length > window.fileLength()) {
      return WRONG;
    }
    int whole = Frame.HEADER + length;
    return window.load(offset, whole) == whole
            && Frame.isRight(window.bytes(), window.at(offset), length, position)
        ? length
        : WRONG;
  }

  /**
   * Whether a right record stands somewhere after a wrong one and says that the wrong one had been
   * forced to the disk before: then it was not torn by a crash, it was damaged later.
   */
  private boolean isFollowed(Segment segment, Window window, long wrong) throws IOException {
    long end = window.fileLength();
    for (long offset = wrong + 1 - segment.base(); offset + Frame.HEADER <= end; offset++) {
      if (window.load(offset, Frame.HEADER) < Frame.HEADER) {
        return false;
      }
      int at = window.at(offset);
      long position = segment.base() + offset;
      long durable = Frame.durable(window.bytes(), at);
      long found = Frame.seq(window.bytes(), at);
      if (durable > wrong
          && durable <= position
          && found >= seq
          && found - seq <= position
          && right(window, offset, position) >= 0) {
        return true;
      }
    }
    return false;
  }

  private DamagedException damaged(Segment segment, long position, String what) {
    return new DamagedException(
        "the journal of run "
            + run
            + " is damaged at byte "
            + (position - segment.base())
            + " of "
            + segment.file()
            + ": "
            + what
            + "; nothing was changed in it, bring it back from a backup or delete the run",
        segment.file());
  }
}
