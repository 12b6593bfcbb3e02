package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What part of a journal a checkpoint image covers.
 *
 * @param position where the first record after it stands
 * @param seq of the last event covered
 * @param last position of that event's record
 * @param crc checksum of that record: it binds the image to this very journal
 * @param micros time of that event
 * @param written when the image was made, microseconds
 * @param inbox names of inbox files whose commands are in the journal and that may still be there
 */
record Mark(
    RunId run,
    long position,
    long seq,
    long last,
    int crc,
    long micros,
    long written,
    Set<String> inbox) {
  private static final int VERSION = 1;

  Mark {
    inbox = Set.copyOf(inbox);
  }

  JsonOut json() {
    JsonOut out = new JsonOut(256);
    out.open()
        .field("v", VERSION)
        .field("run", run.text())
        .field("position", position)
        .field("seq", seq)
        .field("last", last)
        .field("crc", crc)
        .field("micros", micros)
        .field("written", written)
        .name("inbox")
        .openList();
    inbox.stream().sorted().forEach(out::text);
    return out.closeList().close();
  }

  static Mark read(JsonNode json) {
    if (Fields.count(json, "v") != VERSION) {
      throw new StoreException("it is of another version");
    }
    List<String> inbox =
        Fields.node(json, "inbox").valueStream().map(JsonNode::stringValue).toList();
    return new Mark(
        new RunId(Fields.text(json, "run")),
        Fields.number(json, "position"),
        Fields.number(json, "seq"),
        Fields.number(json, "last"),
        Fields.count(json, "crc"),
        Fields.number(json, "micros"),
        Fields.number(json, "written"),
        Set.copyOf(inbox));
  }
}
