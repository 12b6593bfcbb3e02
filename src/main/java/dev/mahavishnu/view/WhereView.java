package dev.mahavishnu.view;

import dev.mahavishnu.run.Debugging;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a run stands. */
public final class WhereView {
  private final Palette palette;
  private final int width;

  /**
   * What is known of where a run stands.
   *
   * @param state as it is now, which the journal of a dead process can't tell
   * @param events number of events that the run has, some of which may lie ahead
   */
  public record Facts(RunFold fold, State state, Flow flow, FlowGraph graph, long events) {
    /** The tasks that nothing but the run itself holds back. */
    List<String> ready() {
      return flow.tasks().stream().map(Task::id).filter(this::isReady).toList();
    }

    private boolean isReady(String id) {
      return !isOver(id)
          && fold.root().task(id).isEmpty()
          && graph.upstream(id).stream().allMatch(this::isOver);
    }

    private boolean isOver(String id) {
      return fold.root().task(id).map(TaskFold::state).filter(State::isFinal).isPresent();
    }
  }

  /**
   * @param width cells of a line
   */
  public WhereView(Palette palette, int width) {
    this.palette = palette;
    this.width = width;
  }

  public List<String> lines(Facts facts, Instant now) {
    RunFold fold = facts.fold();
    List<String> lines = new ArrayList<>();
    Line head =
        new Line()
            .add("run " + fold.run() + " of " + fold.created().flow() + ": ")
            .add(StateSign.tone(facts.state()), facts.state().name());
    if (!facts.state().message().isEmpty()) {
      head.add(", " + Cells.clean(facts.state().message()));
    }
    lines.add(head.render(palette, width));
    if (fold.seq() < facts.events()) {
      lines.add(
          new Line()
              .add(Tone.WARN, "as it was after event " + fold.seq() + " of " + facts.events())
              .render(palette, width));
    }
    lines.addAll(new TreeView(palette).lines(fold, facts.state(), now, width, Integer.MAX_VALUE));
    list(lines, "next", facts.ready());
    list(lines, "stops at", fold.debugging().breakpoints().stream().map(Object::toString).toList());
    return lines;
  }

  private void list(List<String> lines, String title, List<String> names) {
    if (!names.isEmpty()) {
      lines.add(
          new Line()
              .add(Tone.QUIET, title + " ")
              .add(String.join(", ", names))
              .render(palette, width));
    }
  }

  /** The same as JSON, added to what there is. */
  public static ObjectNode json(Facts facts, ObjectNode json) {
    RunFold fold = facts.fold();
    json.put("flow", fold.created().flow());
    json.set("state", EventJson.state(facts.state()));
    json.put("event", fold.seq()).put("events", facts.events());
    Optional<Debugging.Standing> standing = fold.debugging().standing();
    if (standing.isPresent()) {
      json.putObject("stands")
          .put("task", standing.get().stop().task().text())
          .put("attempt", standing.get().stop().attempt())
          .put("moment", standing.get().stop().moment().text())
          .put("why", standing.get().why());
    } else {
      json.putNull("stands");
    }
    ArrayNode breakpoints = json.putArray("breakpoints");
    fold.debugging().breakpoints().forEach(b -> breakpoints.add(b.text()));
    ArrayNode next = json.putArray("next");
    facts.ready().forEach(next::add);
    ArrayNode tasks = json.putArray("tasks");
    for (Task task : facts.flow().tasks()) {
      ObjectNode node = tasks.addObject().put("task", task.id());
      fold.root()
          .task(task.id())
          .ifPresent(
              told ->
                  node.put("attempt", told.attempt()).set("state", EventJson.state(told.state())));
    }
    return json;
  }
}
