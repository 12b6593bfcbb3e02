package dev.mahavishnu.engine;

import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.RunId;
import java.util.List;

/**
 * What a resume would do.
 *
 * @param reuse tasks whose results are kept
 * @param run tasks that will run, those that were in flight included
 * @param inFlight tasks that were running when their process died, with what their {@code on_crash}
 *     makes of them: {@code extract (retry)}
 * @param orphans processes of the dead one that may still be there and are ended first
 */
public record ResumePlan(
    RunId from, List<String> reuse, List<String> run, List<String> inFlight, List<Child> orphans) {
  public ResumePlan {
    reuse = List.copyOf(reuse);
    run = List.copyOf(run);
    inFlight = List.copyOf(inFlight);
    orphans = List.copyOf(orphans);
  }
}
