package dev.mahavishnu.view;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The difference between two flows: what goes in red with a minus, what comes in green with a plus.
 */
public final class DiffView {
  private final Palette palette;
  private final int width;
  private final List<Line> lines = new ArrayList<>();
  private String shownTask = "";

  private DiffView(Palette palette, int width) {
    this.palette = palette;
    this.width = width;
  }

  /**
   * The differences, in their order; none where there are none.
   *
   * @param width cells of a line
   */
  public static List<String> lines(List<Diff> differences, Palette palette, int width) {
    DiffView view = new DiffView(palette, width);
    differences.forEach(view::add);
    return view.render();
  }

  /** A flow that is new: every line of it comes. */
  public static List<String> added(Flow flow, Palette palette, int width) {
    DiffView view = new DiffView(palette, width);
    FlowWriter.yaml(flow).lines().forEach(line -> view.comes(line));
    return view.render();
  }

  private List<String> render() {
    return lines.stream().map(line -> line.render(palette, width)).toList();
  }

  private void add(Diff difference) {
    switch (difference) {
      case Diff.FlowField d -> field("", d.field(), d.before(), d.after());
      case Diff.TaskAdded d -> {
        title(Tone.GOOD, "+ ", d.task().id(), d.onFailure() ? ", on failure" : "");
        body(d.task()).forEach(line -> comes("  " + line));
      }
      case Diff.TaskRemoved d -> {
        title(Tone.BAD, "- ", d.task().id(), d.onFailure() ? ", on failure" : "");
        body(d.task()).forEach(line -> goes("  " + line));
      }
      case Diff.TaskMoved d ->
          title(
              Tone.WARN,
              "> ",
              d.id(),
              d.after().map(a -> " moves after " + a).orElse(" moves to the beginning")
                  + (d.onFailure() ? ", on failure" : ""));
      case Diff.TaskField d -> {
        if (!shownTask.equals(d.id())) {
          title(Tone.WARN, "~ ", d.id(), "");
          shownTask = d.id();
        }
        field("  ", d.field(), d.before(), d.after());
      }
    }
  }

  private void title(Tone tone, String sign, String task, String more) {
    shownTask = "";
    lines.add(new Line().add(tone, sign + "task ").add(Tone.TITLE, task).add(more));
  }

  /** What a task is, without its id, which stands in the title. */
  private static List<String> body(Task task) {
    return FlowWriter.yaml(task).lines().filter(line -> !line.startsWith("id:")).toList();
  }

  private void field(String indent, String field, Optional<String> before, Optional<String> after) {
    List<String> old = before.map(b -> text(field, b)).orElse(List.of());
    List<String> now = after.map(a -> text(field, a)).orElse(List.of());
    int at = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
      int start = delta.getSource().getPosition();
      old.subList(at, start).forEach(line -> stays(indent + line));
      delta.getSource().getLines().forEach(line -> goes(indent + line));
      delta.getTarget().getLines().forEach(line -> comes(indent + line));
      at = start + delta.getSource().size();
    }
    old.subList(at, old.size()).forEach(line -> stays(indent + line));
  }

  private static List<String> text(String field, String value) {
    List<String> body = value.stripTrailing().lines().toList();
    if (body.size() < 2) {
      return List.of(field + ": " + value.strip());
    }
    List<String> text = new ArrayList<>();
    boolean block = body.getFirst().startsWith("|") || body.getFirst().startsWith(">");
    text.add(block ? field + ": " + body.getFirst() : field + ":");
    body.stream().skip(block ? 1 : 0).forEach(line -> text.add("  " + line));
    return text;
  }

  private void comes(String text) {
    lines.add(new Line().add(Tone.GOOD, "+ " + text));
  }

  private void goes(String text) {
    lines.add(new Line().add(Tone.BAD, "- " + text));
  }

  private void stays(String text) {
    lines.add(new Line().add(Tone.QUIET, "  " + text));
  }
}
