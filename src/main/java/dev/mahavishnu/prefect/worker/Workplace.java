package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.run.RunId;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What a worker works with.
 *
 * @param claims where the workspace keeps them
 * @param mirrored tells when the server knows what became of a run
 * @param say takes what the worker does, from several threads
 */
public record Workplace(
    PrefectClient client,
    RunStarter starter,
    ClaimFolder claims,
    Lifeline lifeline,
    Mirrored mirrored,
    Clock clock,
    Consumer<Told> say) {
  void tell(String what, String text) {
    say.accept(new Told(clock.instant(), what, Optional.empty(), Optional.empty(), text));
  }

  void tell(String what, UUID flowRun, Optional<RunId> run, String text) {
    say.accept(new Told(clock.instant(), what, Optional.of(flowRun), run, text));
  }
}
