package dev.mahavishnu.cli;

import dev.mahavishnu.run.State;
import dev.mahavishnu.schedule.Timetable;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says which flows follow a run that was started by hand and has ended: `serve` starts them. */
final class FollowersNote {
  private final Workbench bench;

  FollowersNote(Workbench bench) {
    this.bench = bench;
  }

  /**
   * The line for people; empty where nothing follows.
   *
   * @param state in which the run is, ended or not
   */
  Optional<String> of(String flow, State state) {
    // Most workspaces have no trigger: then no other flow is validated for this.
    List<String> names =
        bench.flows().texts().stream()
            .filter(t -> t.text().contains("triggers") && t.text().contains(flow))
            .filter(t -> t.file().startsWith(bench.workspace().flows()))
            .map(Flows.Text::name)
            .filter(name -> follows(name, flow, state))
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    boolean served = bench.store().isSlotTaken(Serve.SLOT);
    return Optional.of(
        String.join(", ", names)
            + (names.size() == 1 ? " follows" : " follow")
            + (served
                ? "; `serve` starts " + (names.size() == 1 ? "it" : "them")
                : " when `" + bench.commandLine("serve") + "` runs"));
  }

  private boolean follows(String name, String flow, State state) {
    Stream<Trigger> triggers =
        bench.flows().source(name).map(FlowSource::flow).stream()
            .flatMap(f -> f.triggers().stream());
    return triggers.anyMatch(
        t -> t.after().equals(flow) && new Timetable.Follower(name, t).counts(state));
  }
}
