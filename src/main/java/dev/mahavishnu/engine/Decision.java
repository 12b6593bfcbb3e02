package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunEvent;
import java.util.List;

/** What follows from stimuli: append the events, then perform the effects. */
record Decision(List<RunEvent> events, List<Effect> effects) {
  Decision {
    events = List.copyOf(events);
    effects = List.copyOf(effects);
  }
}
