package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.run.Chronicle.Told;
import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.State;
import dev.mahavishnu.view.Markup;
import java.util.List;
import java.util.Set;

/** What the tasks printed; that of what failed is open. */
final class LogPart {
  /** Streams that have a colour. */
  private static final Set<String> STREAMS = Set.of("stderr", "system");

  private final Chronicle run;
  private final Clockwork clock;

  LogPart(Chronicle run, Clockwork clock) {
    this.run = run;
    this.clock = clock;
  }

  void write(Markup page) {
    if (run.tasks().stream().allMatch(told -> told.log().isEmpty())) {
      return;
    }
    page.open("section", "id", "logs").element("h2", "Logs").line();
    for (int i = 0; i < run.tasks().size(); i++) {
      Told told = run.tasks().get(i);
      if (!told.log().isEmpty()) {
        log(page, told, i);
      }
    }
    page.close().line();
  }

  private void log(Markup page, Told told, int number) {
    Chronicle.Log log = told.log();
    boolean bad = told.state() instanceof State.Failed || told.state() instanceof State.Crashed;
    if (bad) {
      page.open("details", "open", "open");
    } else {
      page.open("details");
    }
    long lines = log.first().size() + log.left() + log.last().size();
    page.open("summary").element("span", told.task().text(), "class", "name");
    String count = " " + Words.number(lines) + (lines == 1 ? " line" : " lines");
    page.element("span", count, "class", "note").close();
    page.open("pre", "id", "log-" + number);
    lines(page, log.first());
    if (log.left() > 0) {
      String left =
          "… "
              + Words.number(log.left())
              + " lines are left out; all of them: mahavishnu run logs "
              + run.summary().run().text()
              + " "
              + told.task().text();
      page.element("span", left, "class", "left").line();
    }
    lines(page, log.last());
    page.close().close().line();
  }

  private void lines(Markup page, List<LogLine> lines) {
    for (LogLine line : lines) {
      page.element("span", clock.time(line.at()), "class", "at").text(" ");
      if (STREAMS.contains(line.stream())) {
        page.element("span", line.text(), "class", line.stream());
      } else {
        page.text(line.text());
      }
      page.line();
    }
  }
}
