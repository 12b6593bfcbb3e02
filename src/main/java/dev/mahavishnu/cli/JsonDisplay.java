package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.EventJson;
import java.io.PrintStream;

/**
 * A run as JSON lines.
 *
 * @param progress gets the lines for people
 */
record JsonDisplay(RunId run, PrintStream out, RunDisplay progress) implements RunDisplay {
  @Override
  public void show(Recorded recorded) {
    out.println(EventJson.line(run, recorded));
    progress.show(recorded);
  }

  @Override
  public void recall(Recorded recorded) {
    progress.recall(recorded);
  }

  @Override
  public void close() {
    progress.close();
    out.flush();
  }
}
