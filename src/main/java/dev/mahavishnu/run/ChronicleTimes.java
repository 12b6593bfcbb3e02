package dev.mahavishnu.run;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a first look at all events of a run gives, by which it is chosen what to tell. */
final class ChronicleTimes {
  private final Map<TaskKey, ItemTimes> times = new HashMap<>();
  private final Deeds deeds;
  private Optional<ChronicleMoves.Given> returned = Optional.empty();
  private Instant last = Instant.EPOCH;

  ChronicleTimes(EvidenceText text) {
    this.deeds = new Deeds(text);
  }

  void add(Recorded recorded) {
    last = recorded.at();
    deeds.add(recorded);
    switch (recorded.event()) {
      case RunEvent.Mapped e -> times.put(e.task(), new ItemTimes(e.size(), recorded.at()));
      case RunEvent.TaskMoved e when e.task().isItem() ->
          times(e.task().whole()).ifPresent(t -> t.add(e, recorded.at()));
      case RunEvent.Reset e ->
          e.tasks().stream()
              .filter(TaskKey::isItem)
              .forEach(item -> times(item.whole()).ifPresent(t -> t.reset(item.index())));
      case RunEvent.Returned e ->
          returned = Optional.of(new ChronicleMoves.Given(e.outputs(), recorded.position()));
      default -> {}
    }
  }

  /** Those of the items of a mapped task that got them. */
  Optional<ItemTimes> times(TaskKey whole) {
    return Optional.ofNullable(times.get(whole));
  }

  /** The outputs of the flow. */
  Optional<ChronicleMoves.Given> returned() {
    return returned;
  }

  /** When the last event was recorded. */
  Instant last() {
    return last;
  }

  Deeds deeds() {
    return deeds;
  }
}
