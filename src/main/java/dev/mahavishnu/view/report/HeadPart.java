package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import dev.mahavishnu.view.Markup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What run it is, how it stands, and what went in and came out. */
final class HeadPart {
  private final Chronicle run;
  private final Clockwork clock;

  HeadPart(Chronicle run, Clockwork clock) {
    this.run = run;
    this.clock = clock;
  }

  void write(Markup page) {
    RunSummary summary = run.summary();
    State state = summary.state();
    page.open("header").line();
    page.open("h1").text(summary.flow() + " ");
    page.element("span", state.name(), "class", "state " + Words.tone(state));
    page.close().line();
    if (!state.message().isEmpty()) {
      page.element("p", state.message(), "class", "message").line();
    }
    page.open("dl").line();
    fact(page, "run", summary.run().text());
    run.from().ifPresent(from -> fact(page, "made from", from.text()));
    fact(page, "created", clock.day(summary.created()) + " by " + run.requester());
    summary.started().ifPresent(at -> fact(page, "started", clock.day(at)));
    summary.ended().ifPresent(at -> fact(page, "ended", clock.day(at)));
    summary
        .started()
        .ifPresent(
            at ->
                fact(
                    page,
                    summary.ended().isPresent() ? "took" : "so far",
                    Clockwork.span(Duration.between(at, summary.ended().orElse(run.last())))));
    fact(page, "task runs", counts(summary.tasks()));
    page.close().line();
    values(page, "Parameters", parameters());
    values(page, "Outputs", run.outputs());
    page.close().line();
  }

  private static void fact(Markup page, String name, String value) {
    page.open("div").element("dt", name).element("dd", value).close().line();
  }

  private List<Chronicle.Value> parameters() {
    return run.parameters().properties().stream()
        .map(p -> new Chronicle.Value(p.getKey(), Words.value(p.getValue())))
        .toList();
  }

  private static void values(Markup page, String title, List<Chronicle.Value> values) {
    if (values.isEmpty()) {
      return;
    }
    page.element("h2", title).open("table", "class", "values").line();
    for (Chronicle.Value value : values) {
      page.open("tr").element("th", value.name());
      page.open("td").open("pre").lines(value.text()).close().close().close().line();
    }
    page.close().line();
  }

  private static String counts(TaskCounts counts) {
    List<String> words = new ArrayList<>();
    count(words, counts.completed(), "completed");
    count(words, counts.cached(), "cached");
    count(words, counts.skipped(), "skipped");
    count(words, counts.failed(), "failed");
    count(words, counts.upstreamFailed(), "not run");
    count(words, counts.cancelled(), "cancelled");
    count(words, counts.crashed(), "crashed");
    count(words, counts.running(), "running");
    count(words, counts.waiting(), "waiting");
    return Words.number(counts.total()) + ": " + String.join(", ", words);
  }

  private static void count(List<String> words, int count, String word) {
    if (count > 0) {
      words.add(Words.number(count) + " " + word);
    }
  }
}
