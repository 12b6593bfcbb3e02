package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;

/** Shows a run while it goes on. */
interface RunDisplay extends AutoCloseable {
  /** The next event. All events of the run come, in order and on one thread. */
  void show(Recorded recorded);

  /** An event that was before this process took up the run: known, but no news. */
  void recall(Recorded recorded);

  /** Nothing more will happen. */
  @Override
  void close();
}
