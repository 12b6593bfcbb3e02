package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.view.DiffView;
import dev.mahavishnu.view.FlowView;
import dev.mahavishnu.view.Palette;
import java.util.List;
import java.util.Optional;

/** Shows a flow, or what changed in one. */
final class Changes {
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

  /** What is different; of a flow that was not there before, all of it. Empty where nothing is. */
  List<String> between(Optional<Flow> before, Flow after) {
    return before
        .map(flow -> DiffView.lines(Diff.between(flow, after), palette, width))
        .orElseGet(() -> DiffView.added(after, palette, width));
  }
}
