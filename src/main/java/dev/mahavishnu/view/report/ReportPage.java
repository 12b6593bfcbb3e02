package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.view.Markup;
import dev.mahavishnu.view.graph.Graph;
import dev.mahavishnu.view.graph.GraphSvg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/** All about one run as a page. Its size is bounded, whatever the run. */
public final class ReportPage {
  /** Nothing is loaded, and no script runs, whatever got into a text. */
  private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

  private final Chronicle run;
  private final Graph graph;
  private final Instant made;
  private final Clockwork clock;

  /**
   * @param made when the page is made
   * @param zone of the times shown
   */
  public ReportPage(Chronicle run, Graph graph, Instant made, ZoneId zone) {
    this.run = run;
    this.graph = graph;
    this.made = made;
    this.clock = new Clockwork(zone);
  }

  public String html() {
    String name = run.summary().flow() + " " + run.summary().run().text();
    Markup page = new Markup();
    page.trusted("<!doctype html>\n").open("html", "lang", "en").line().open("head").line();
    page.trusted("<meta charset=\"utf-8\">\n");
    page.trusted("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
    page.trusted("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.element("title", name + ": " + run.summary().state().name()).line();
    page.open("style").trusted(style() + GraphSvg.style()).close().line();
    page.close().line().open("body").line();
    new HeadPart(run, clock).write(page);
    graph(page);
    new TimelinePart(run).write(page);
    new TasksPart(run, clock).write(page);
    new LogPart(run, clock).write(page);
    new DeedsPart(run, clock).write(page);
    page.element("footer", "Written by Mahavishnu on " + clock.day(made) + ".").line();
    return page.close().line().close().line().toString();
  }

  private static String style() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void graph(Markup page) {
    page.open("section", "id", "graph").element("h2", "Graph").line();
    new GraphSvg(graph)
        .inline()
        .ifPresentOrElse(
            svg -> page.open("div", "class", "wide").trusted(svg).close(),
            () -> page.element("p", "The graph is too large for a picture.", "class", "note"));
    if (graph.moreSubflows() > 0) {
      page.element("p", "… and " + graph.moreSubflows() + " more subflows", "class", "note");
    }
    page.close().line();
  }
}
