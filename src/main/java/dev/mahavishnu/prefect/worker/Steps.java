package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.PrefectException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes steps of which one that breaks must not keep the others from being taken. */
final class Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private final Workplace place;
  private final Set<String> broken = ConcurrentHashMap.newKeySet();

  Steps(Workplace place) {
    this.place = place;
  }

  /**
   * Takes one; that it breaks is told the first time, and again only after it went well.
   *
   * @param what it is about, for people
   * @throws PrefectException when the server can't be asked: the others could not be taken either
   */
  void take(String what, Runnable step) {
    try {
      step.run();
      broken.remove(what);
    } catch (PrefectException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} broke", what, e);
      if (broken.add(what)) {
        place.tell("broke", what + " broke, and is tried again: " + e);
      }
    }
  }
}
