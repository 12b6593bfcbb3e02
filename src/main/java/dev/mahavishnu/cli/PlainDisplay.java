package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.view.ProgressLines;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;

/** A run as lines that come one after the other. */
record PlainDisplay(PrintStream out, ProgressLines progress) implements RunDisplay {
  static PlainDisplay to(PrintStream out) {
    return new PlainDisplay(out, new ProgressLines(ZoneId.systemDefault()));
  }

  @Override
  public void show(Recorded recorded) {
    progress.after(recorded).forEach(out::println);
  }

  @Override
  public void recall(Recorded recorded) {
    List<String> _ = progress.after(recorded);
  }

  @Override
  public void close() {
    out.flush();
  }
}
