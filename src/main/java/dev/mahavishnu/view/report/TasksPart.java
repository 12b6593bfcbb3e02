package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.run.Chronicle.Stretch;
import dev.mahavishnu.run.Chronicle.Told;
import dev.mahavishnu.run.State;
import dev.mahavishnu.view.Markup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The attempts of each task, and what it gave. */
final class TasksPart {
  private static final List<String> COLUMNS =
      List.of("task", "attempt", "state", "began", "took", "");

  private final Chronicle run;
  private final Clockwork clock;

  TasksPart(Chronicle run, Clockwork clock) {
    this.run = run;
    this.clock = clock;
  }

  void write(Markup page) {
    page.open("section", "id", "attempts").element("h2", "Attempts").line();
    page.open("div", "class", "wide").open("table").line().open("tr");
    COLUMNS.forEach(column -> page.element("th", column));
    page.close().line();
    for (int i = 0; i < run.tasks().size(); i++) {
      rows(page, run.tasks().get(i), i);
    }
    page.close().close().line();
    page.close().line();
  }

  private void rows(Markup page, Told told, int number) {
    List<Stretch> attempts = new ArrayList<>(told.stretches());
    attempts.removeIf(stretch -> !stretch.ran());
    if (told.moreStretches() > 0) {
      String more = Words.number(told.moreStretches()) + " earlier attempts and waits";
      page.open("tr").element("td", told.task().text()).open("td", "colspan", "5");
      page.text(more).close().close().line();
    }
    // The state itself where no attempt came to it: it was skipped, or waits, or was cached.
    boolean shown = !attempts.isEmpty() && attempts.getLast().state().equals(told.state());
    for (int i = 0; i < attempts.size(); i++) {
      Stretch attempt = attempts.get(i);
      boolean last = shown && i + 1 == attempts.size();
      page.open("tr").element("td", told.task().text(), "class", "name");
      page.element("td", attempt.attempt() == 0 ? "" : String.valueOf(attempt.attempt()));
      state(page, attempt.state());
      page.element("td", clock.time(attempt.from()), "class", "time");
      page.element(
          "td",
          Clockwork.span(Duration.between(attempt.from(), attempt.to().orElse(run.last()))),
          "class",
          "time");
      rest(page, attempt.state().message(), told, last, number);
    }
    if (!shown) {
      page.open("tr").element("td", told.task().text(), "class", "name").element("td", "");
      state(page, told.state());
      page.element("td", "").element("td", "");
      rest(page, told.state().message(), told, true, number);
    }
  }

  private static void state(Markup page, State state) {
    page.open("td").element("span", state.name(), "class", "state " + Words.tone(state)).close();
  }

  /** The message, and with the last row what came of it all. */
  private static void rest(Markup page, String message, Told told, boolean last, int number) {
    page.open("td", "class", "rest").text(message);
    if (last) {
      told.items()
          .ifPresent(
              items -> page.element("div", Words.items(items) + more(items), "class", "note"));
      if (!told.log().isEmpty() || !told.output().isEmpty()) {
        gave(page, told, number);
      }
    }
    page.close().close().line();
  }

  private static void gave(Markup page, Told told, int number) {
    page.open("div", "class", "more");
    if (!told.log().isEmpty()) {
      page.element("a", "log", "href", "#log-" + number);
    }
    if (!told.output().isEmpty()) {
      page.open("details").element("summary", "output");
      page.open("pre").lines(told.output()).close().close();
    }
    page.close();
  }

  private static String more(Chronicle.Items items) {
    return items.more() > 0 && items.more() < items.size()
        ? "; " + Words.number(items.more()) + " of them are not shown one by one"
        : "";
  }
}
