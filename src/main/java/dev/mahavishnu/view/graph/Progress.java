package dev.mahavishnu.view.graph;

import dev.mahavishnu.spec.Task;
import java.util.Optional;

/** What a run has of the tasks of one flow. */
interface Progress {
  /** Of a flow that is no run. */
  Progress NONE =
      new Progress() {
        @Override
        public Optional<Standing> standing(String id) {
          return Optional.empty();
        }

        @Override
        public Optional<ItemCount> items(Task task) {
          return task.map().map(ItemCount::of);
        }

        @Override
        public boolean showsHandlers() {
          return true;
        }
      };

  Optional<Standing> standing(String id);

  /** Empty for a task that is not mapped. */
  Optional<ItemCount> items(Task task);

  /** Whether the failure handlers have something to do with it. */
  boolean showsHandlers();
}
