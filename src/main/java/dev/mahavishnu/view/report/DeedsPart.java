package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.view.Markup;

/** What was done to the run as a whole: who began it, stopped it, went on with it. */
final class DeedsPart {
  private final Chronicle run;
  private final Clockwork clock;

  DeedsPart(Chronicle run, Clockwork clock) {
    this.run = run;
    this.clock = clock;
  }

  void write(Markup page) {
    page.open("section", "id", "history").element("h2", "History").open("table").line();
    for (Chronicle.Deed deed : run.deeds()) {
      page.open("tr").element("td", clock.day(deed.at()), "class", "time");
      page.element("td", deed.what()).close().line();
    }
    page.close().line();
    if (run.moreDeeds() > 0) {
      page.element("p", "… and " + run.moreDeeds() + " more", "class", "note");
    }
    page.close().line();
  }
}
