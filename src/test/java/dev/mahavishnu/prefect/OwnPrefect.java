package dev.mahavishnu.prefect;

import java.io.IOException;

/** A real Prefect server of one test, which may be killed and started again. */
public final class OwnPrefect implements AutoCloseable {
  private final RealPrefect server;
  private final PrefectProcess process;

  OwnPrefect(RealPrefect server, PrefectProcess process) {
    this.server = server;
    this.process = process;
  }

  /** Stays the same, and so does its URL. */
  public RealPrefect server() {
    return server;
  }

  /** As {@code kill -9} does; when this returns, nothing answers at its URL. */
  public void kill() {
    process.kill();
  }

  /** Starts it again after {@link #kill}, with the database that it had, and waits for it. */
  public void start() throws IOException {
    process.start();
  }

  @Override
  public void close() {
    process.close();
  }
}
