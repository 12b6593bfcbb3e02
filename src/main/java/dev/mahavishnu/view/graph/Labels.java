package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.StateSign;
import dev.mahavishnu.view.Tone;
import java.time.Instant;
import java.util.List;

/** What a drawing says of a task. */
final class Labels {
  /** The kinds that a drawing names: what a reader would not take for a plain piece of work. */
  private static final List<String> SAID = List.of("flow", "approval");

  private final Palette palette;
  private final Instant now;
  private final boolean details;
  private final int longest;

  /**
   * @param now a running task's sign turns with it
   * @param details whether kinds and times are said
   * @param longest cells of a name, longer ones are cut
   */
  Labels(Palette palette, Instant now, boolean details, int longest) {
    this.palette = palette;
    this.now = now;
    this.details = details;
    this.longest = longest;
  }

  Label of(GraphNode node) {
    Label label = new Label();
    node.standing().ifPresent(s -> sign(label, s));
    Tone tone = node.standing().map(s -> StateSign.tone(s.state())).orElse(Tone.TITLE);
    label.add(tone, Cells.fit(node.name(), longest));
    node.items().ifPresent(items -> items(label, node, items));
    if (node.rule() != RunIf.ALL_SUCCESS && details) {
      label.add(Tone.WARN, " if " + node.rule().text());
    }
    if (details) {
      label.add(Tone.QUIET, detail(node));
    }
    return label;
  }

  private void sign(Label label, Standing standing) {
    State state = standing.state();
    label.add(StateSign.tone(state), StateSign.of(state, palette, now) + " ");
  }

  private void items(Label label, GraphNode node, ItemCount items) {
    String times = palette.unicode() ? "×" : "x";
    label.add(Tone.ACTIVE, " " + items.text(times, node.isUnderWay()));
    if (items.failed() > 0) {
      label.add(Tone.BAD, " " + items.failed() + " failed");
    }
  }

  private static String detail(GraphNode node) {
    if (node.standing().isEmpty()) {
      return SAID.stream().anyMatch(node.kind()::startsWith) ? " " + node.kind() : "";
    }
    Standing standing = node.standing().get();
    String attempt = standing.attempt() > 1 ? " attempt " + standing.attempt() : "";
    return attempt + standing.took().map(t -> " " + Spans.text(t)).orElse("");
  }
}
