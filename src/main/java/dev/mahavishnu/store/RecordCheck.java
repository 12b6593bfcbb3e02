package dev.mahavishnu.store;

import java.io.IOException;
import java.util.List;

/** Whether the last record that an image covers is the one in the journal. */
final class RecordCheck {
  private static final int WINDOW = 4 << 10;

  private RecordCheck() {}

  static boolean isRecord(RunFolder folder, Mark mark) throws IOException {
    List<Segment> segments = Segment.list(folder.path());
    for (Segment segment : segments.reversed()) {
      if (segment.base() <= mark.last()) {
        return isRecord(segment, mark);
      }
    }
    return false;
  }

  private static boolean isRecord(Segment segment, Mark mark) throws IOException {
    long offset = mark.last() - segment.base();
    try (Window window = new Window(segment.file(), WINDOW)) {
      if (window.load(offset, Frame.HEADER) < Frame.HEADER) {
        return false;
      }
      int length = Frame.length(window.bytes(), window.at(offset));
      return length > 0
          && length <= Frame.MAX_PAYLOAD
          && offset + Frame.HEADER + length <= window.fileLength()
          && window.load(offset, Frame.HEADER + length) == Frame.HEADER + length
          && Frame.crc(window.bytes(), window.at(offset)) == mark.crc()
          && Frame.seq(window.bytes(), window.at(offset)) == mark.seq()
          && Frame.isRight(window.bytes(), window.at(offset), length, mark.last());
    }
  }
}
