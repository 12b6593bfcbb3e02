package dev.mahavishnu.bench;

import dev.mahavishnu.run.LogFold;
import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.run.UsualTimes;
import dev.mahavishnu.view.Beside;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.TreeView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Painting a large run. A frame is followed by a rest of 30 times its length, 100 ms at least. */
final class LiveTree {
  private static final int TASKS = 10_000;
  private static final int RUNNING = 64;
  private static final int FRAMES = 300;
  private static final Instant START = Instant.parse("2026-11-23T21:30:45Z");
  private static final State RUNS = new State.Running(false);

  private final RunFold fold = new RunFold();
  private final LogFold log = new LogFold();

  private LiveTree(int tasks) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode().put("flow", "big");
    ArrayNode list = spec.putArray("tasks");
    for (int i = 0; i < tasks; i++) {
      list.addObject().put("id", "task_" + i).put("type", "shell");
    }
    add(
        new RunEvent.Created(
            new RunId("261123-213045-k7qd"),
            "big",
            new JsonMapper().writeValueAsString(spec),
            "/",
            tasks,
            JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            List.of(),
            "bench"));
    add(new RunEvent.Moved(RUNS));
  }

  private void add(RunEvent event) {
    long seq = fold.seq() + 1;
    fold.apply(new Recorded(seq, seq * 100, START.plusMillis(seq), event));
  }

  private void runs(TaskKey task) {
    add(RunEvent.TaskMoved.to(task, 1, RUNS));
    log.apply(new LogLine(START, task, 1, "progress", "3/10 words"));
    log.apply(new LogLine(START, task, 1, "stdout", "a line \u001b[31mof some length\u001b[0m"));
  }

  /** Half of the tasks have ended, some run. */
  private static LiveTree ofTasks() {
    LiveTree tree = new LiveTree(TASKS);
    for (int i = 0; i < TASKS / 2 + RUNNING; i++) {
      TaskKey task = TaskKey.of("", "task_" + i);
      tree.runs(task);
      if (i < TASKS / 2) {
        tree.add(RunEvent.TaskMoved.to(task, 1, State.Completed.DONE));
      }
    }
    return tree;
  }

  /** The same of a mapped task. */
  private static LiveTree ofItems() {
    LiveTree tree = new LiveTree(1);
    TaskKey whole = TaskKey.of("", "task_0");
    tree.add(RunEvent.TaskMoved.to(whole, 0, RUNS));
    Output items = new Output.Inline("00", JsonNodeFactory.instance.arrayNode());
    tree.add(new RunEvent.Mapped(whole, TASKS, items));
    for (int i = 0; i < TASKS / 2 + RUNNING; i++) {
      tree.runs(whole.item(i));
      if (i < TASKS / 2) {
        tree.add(RunEvent.TaskMoved.to(whole.item(i), 1, State.Completed.DONE));
      }
    }
    return tree;
  }

  private Times frames() throws Exception {
    TreeView view = new TreeView(new Palette(true, true));
    Beside beside = new Beside(log, UsualTimes.NONE);
    Times _ = Times.of(FRAMES, () -> view.lines(fold, beside, Instant.now(), 60, 12));
    return Times.of(FRAMES, () -> view.lines(fold, beside, Instant.now(), 60, 12));
  }

  static List<Row> measure(Path scratch) throws Exception {
    Times tasks = ofTasks().frames();
    Times items = ofItems().frames();
    String bound = "33 ms: a frame a second";
    return List.of(
        new Row("a frame of 10,000 tasks at 60 columns", tasks, tasks.median(), bound),
        new Row("a frame of a map of 10,000 items", items, items.median(), bound));
  }
}
