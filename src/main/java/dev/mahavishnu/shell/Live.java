package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Progress;

/** What a model does, shown while it does it; closing it takes it away. */
interface Live extends Progress, AutoCloseable {
  @Override
  void close();
}
