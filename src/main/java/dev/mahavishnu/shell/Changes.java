package dev.mahavishnu.shell;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.FlowView;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows a flow, or what changed in one. */
final class Changes {
  /** Lines around a change that did not change. */
  private static final int AROUND = 2;

  private final Palette palette;
  private final int width;
  private final ExpressionChecker expressions;

  Changes(Palette palette, int width, ExpressionChecker expressions) {
    this.palette = palette;
    this.width = width;
    this.expressions = expressions;
  }

  /** The whole flow. */
  List<String> flow(Flow flow) {
    return new FlowView(palette, width).lines(flow, FlowGraph.of(flow, expressions));
  }

  /** What is different; a flow that was not there before is shown whole. Empty where nothing is. */
  List<String> between(Optional<Flow> before, Flow after) {
    return before.isEmpty() ? flow(after) : between(before.get(), after);
  }

  private List<String> between(Flow before, Flow after) {
    List<String> old = FlowWriter.yaml(before).lines().toList();
    List<String> now = FlowWriter.yaml(after).lines().toList();
    List<String> lines = new ArrayList<>();
    int shown = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
      if (delta.getType() == DeltaType.EQUAL) {
        continue;
      }
      int from = delta.getSource().getPosition();
      int first = Math.max(shown, from - AROUND);
      if (first > shown) {
        lines.add(palette.paint(Tone.QUIET, "  …"));
      }
      old.subList(first, from).forEach(l -> add(lines, Tone.QUIET, "  " + l));
      delta.getSource().getLines().forEach(l -> add(lines, Tone.BAD, "- " + l));
      delta.getTarget().getLines().forEach(l -> add(lines, Tone.GOOD, "+ " + l));
      shown = from + delta.getSource().size();
    }
    return lines;
  }

  private void add(List<String> lines, Tone tone, String line) {
    lines.add(palette.paint(tone, Cells.fit(Cells.clean(line), width)));
  }
}
