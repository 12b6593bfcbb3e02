package dev.mahavishnu.store;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.TaskFold;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The items of a mapped task in a checkpoint image: bits, pages of positions, and what is open. */
final class MapFoldImage {
  private MapFoldImage() {}

  static void write(Entries entries, String name, String task, MapFold map) {
    JsonOut head = new JsonOut(128);
    head.open().field("t", task).field("size", map.size()).field("items", map.items()).close();
    entries.put(name + "/head", head);
    for (MapFold.End end : MapFold.End.values()) {
      if (map.count(end) > 0) {
        entries.put(name + "/end/" + end.name(), map.bits(end).toByteArray());
      }
    }
    JsonOut open = new JsonOut(256).openList();
    map.open().values().forEach(item -> TaskFoldCodec.write(open, item));
    entries.put(name + "/open", open.closeList());
    entries.put(name + "/positions", Packed.write(map.positions()));
  }

  static String task(JsonNode head) {
    return Fields.text(head, "t");
  }

  static MapFold read(Entries entries, String name, String scope, JsonNode head) {
    long[] positions = Packed.read(entries.need(name + "/positions"), Fields.count(head, "size"));
    Map<MapFold.End, BitSet> ends = new EnumMap<>(MapFold.End.class);
    for (MapFold.End end : MapFold.End.values()) {
      entries
          .get(name + "/end/" + end.name())
          .ifPresent(bits -> ends.put(end, BitSet.valueOf(bits)));
    }
    Map<Integer, TaskFold> open = new TreeMap<>();
    for (JsonNode item : entries.needJson(name + "/open")) {
      TaskFold task = TaskFoldCodec.read(scope, item);
      open.put(task.task().index(), task);
    }
    return new MapFold(Fields.number(head, "items"), positions, ends, open);
  }
}
