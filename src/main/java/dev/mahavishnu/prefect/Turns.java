package dev.mahavishnu.prefect;

/**
 * How many calls of this process change something on the server at a time. Prefect's server on
 * SQLite answers 503 as soon as several clients write (measured with 3.8.8: four at once, nearly
 * all), so that after the first such answer they go one by one.
 */
final class Turns {
  private static final int MOST = 4;

  private int most = MOST;
  private int taken;

  synchronized void take() throws InterruptedException {
    while (taken >= most) {
      wait();
    }
    taken++;
  }

  synchronized void give() {
    taken--;
    notifyAll();
  }

  /** The server could not take what was sent. */
  synchronized void refused() {
    most = 1;
  }
}
