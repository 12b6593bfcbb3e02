package dev.mahavishnu.store;

import dev.mahavishnu.run.Debugging;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.TaskFold;
import java.util.Arrays;
import java.util.Map;

/** All of a fold as text: equal folds have equal texts. */
final class FoldDump {
  private final StringBuilder text = new StringBuilder();

  private FoldDump() {}

  static String of(RunFold fold) {
    FoldDump dump = new FoldDump();
    RunFold.Head head = fold.head();
    dump.line("created " + head.createdAt() + " " + head.created());
    dump.line("state " + head.state() + " since " + head.since());
    dump.line("started " + head.started() + " opened " + head.opened());
    dump.line("seq " + head.seq() + " outputs " + head.outputs());
    if (!head.debugging().equals(Debugging.NONE)) {
      dump.line("debugging " + head.debugging());
    }
    fold.scopes().forEach(dump::scope);
    dump.line("counts " + fold.counts());
    return dump.text.toString();
  }

  private void scope(ScopeFold scope) {
    line("scope '" + scope.scope() + "' flow " + scope.flow() + " in " + scope.folder());
    line("  spec " + scope.spec() + " tasks " + scope.declared() + " with " + scope.parameters());
    for (TaskFold task : scope.tasks()) {
      line("  " + task);
    }
    for (Map.Entry<String, MapFold> entry : scope.maps().entrySet()) {
      MapFold map = entry.getValue();
      line("  map " + entry.getKey() + " of " + map.size() + " items at " + map.items());
      line("    positions " + Arrays.toString(map.positions()));
      for (MapFold.End end : MapFold.End.values()) {
        line("    " + end + " " + map.bits(end));
      }
      map.open().forEach((index, task) -> line("    " + index + " " + task));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
