package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.run.Chronicle.Stretch;
import dev.mahavishnu.run.Chronicle.Told;
import dev.mahavishnu.run.State;
import dev.mahavishnu.view.Markup;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** When each task ran: a bar an attempt, a thin one for a wait; the items of a map in one shape. */
final class TimelinePart {
  private static final int HEIGHT = 100;

  private final Chronicle run;
  private final Ruler ruler;

  TimelinePart(Chronicle run) {
    this.run = run;
    this.ruler = Ruler.of(run);
  }

  void write(Markup page) {
    page.open("section", "id", "timeline").element("h2", "Timeline").line();
    page.open("div", "class", "timeline").line();
    page.open("div", "class", "row axis").element("div", "", "class", "task");
    page.open("div", "class", "track");
    for (Ruler.Mark mark : ruler.marks()) {
      page.element("span", mark.text(), "class", "mark", "style", "left:" + mark.left());
    }
    page.close().close().line();
    run.tasks().forEach(told -> row(page, told));
    page.close().line();
    if (run.moreTasks() > 0) {
      String more = "… and " + Words.number(run.moreTasks()) + " more tasks of subflows";
      page.element("p", more, "class", "note").line();
    }
    page.close().line();
  }

  private void row(Markup page, Told told) {
    page.open("div", "class", "row");
    String name = told.task().isItem() ? "[" + told.task().index() + "]" : told.task().task();
    page.element(
        "div",
        name,
        "class",
        "task " + Words.tone(told.state()),
        "style",
        "padding-left:" + (8 + told.depth() * 14) + "px",
        "title",
        told.task().text() + ": " + told.state().name());
    page.open("div", "class", "track");
    told.items().ifPresentOrElse(items -> items(page, told, items), () -> bars(page, told));
    page.close().close().line();
  }

  private void bars(Markup page, Told told) {
    for (Stretch stretch : told.stretches()) {
      Instant to = stretch.to().orElse(run.last());
      State state = stretch.state();
      String what = stretch.ran() ? "attempt " + stretch.attempt() + ": " : "waits: ";
      String message = state.message().isEmpty() ? "" : ", " + state.message();
      page.element(
          "span",
          "",
          "class",
          (stretch.ran() ? "bar " : "wait ") + Words.tone(state),
          "style",
          "left:" + ruler.left(stretch.from()) + ";width:" + ruler.width(stretch.from(), to),
          "title",
          what
              + state.name()
              + " after "
              + Clockwork.span(Duration.between(stretch.from(), to))
              + message);
    }
  }

  /** How many items ran at a time, as a shape over the time that they took. */
  private void items(Markup page, Told told, Chronicle.Items items) {
    String place =
        "left:" + ruler.left(items.from()) + ";width:" + ruler.width(items.from(), items.to());
    String title = Words.items(items);
    page.open(
        "span", "class", "bar map " + Words.tone(told.state()), "style", place, "title", title);
    shape(page, items.busy());
    page.close();
    page.element("span", title, "class", "count", "style", "left:" + ruler.left(items.from()));
  }

  private static void shape(Markup page, List<Double> busy) {
    if (busy.isEmpty()) {
      return;
    }
    double most = Math.max(1e-9, Collections.max(busy));
    StringBuilder path = new StringBuilder("M0 " + HEIGHT);
    for (int i = 0; i < busy.size(); i++) {
      double top = HEIGHT - busy.get(i) / most * HEIGHT;
      path.append(String.format(Locale.ROOT, " L%d %.1f L%d %.1f", i, top, i + 1, top));
    }
    path.append(" L").append(busy.size()).append(' ').append(HEIGHT).append(" z");
    page.open(
        "svg",
        "viewBox",
        "0 0 " + busy.size() + " " + HEIGHT,
        "preserveAspectRatio",
        "none",
        "aria-hidden",
        "true");
    page.empty("path", "d", path.toString()).close();
  }
}
