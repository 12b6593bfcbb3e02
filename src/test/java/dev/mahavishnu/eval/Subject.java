package dev.mahavishnu.eval;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.offline.OfflinePlanner;
import java.nio.file.Path;
import java.time.ZoneId;

/** What is evaluated: planners, one for each workspace. */
interface Subject {
  /** For people: {@code openai gpt-5-mini}. */
  String name();

  /**
   * A planner as the shell would have it in this workspace.
   *
   * @param folder where the workspace was written
   */
  Planner planner(Place place, Path folder);

  /** The offline planner. */
  static Subject offline() {
    return new Subject() {
      @Override
      public String name() {
        return "offline planner";
      }

      @Override
      public Planner planner(Place place, Path folder) {
        return new OfflinePlanner(Specs.READER, ZoneId.of("UTC"));
      }
    };
  }
}
