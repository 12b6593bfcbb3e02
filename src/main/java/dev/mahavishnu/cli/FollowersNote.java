package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Trigger;
import dev.mahavishnu.spec.Trigger.Ending;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
   * @param code of the run's end
   */
  Optional<String> of(String flow, int code) {
    Set<Ending> endings =
        switch (code) {
          case ExitCode.COMPLETED -> Set.of(Ending.COMPLETED, Ending.ANY);
          case ExitCode.FAILED ->
              Set.of(Ending.FAILED, Ending.CRASHED, Ending.CANCELLED, Ending.ANY);
          default -> Set.of();
        };
    if (endings.isEmpty()) {
      return Optional.empty();
    }
    // Most workspaces have no trigger: then no other flow is validated for this.
    List<String> names =
        bench.flows().texts().stream()
            .filter(t -> t.text().contains("triggers") && t.text().contains(flow))
            .filter(t -> t.file().startsWith(bench.workspace().flows()))
            .map(Flows.Text::name)
            .filter(name -> follows(name, flow, endings))
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

  private boolean follows(String name, String flow, Set<Ending> endings) {
    Stream<Trigger> triggers =
        bench.flows().source(name).map(FlowSource::flow).stream()
            .flatMap(f -> f.triggers().stream());
    return triggers.anyMatch(t -> t.after().equals(flow) && endings.contains(t.state()));
  }
}
