package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/** The limits are far from what is seen: they catch what grows with the square of a run. */
final class TranslationSizeTest {
  private static final Logger LOG = LoggerFactory.getLogger(TranslationSizeTest.class);

  private static void run(Journal journal, TaskKey key) {
    journal
        .add(TaskMoved.to(key, 1, new State.Pending()))
        .add(TaskMoved.to(key, 1, new State.Running(false)))
        .add(TaskMoved.to(key, 1, State.Completed.DONE));
  }

  private static long told(Journal journal) {
    long start = System.nanoTime();
    Translation translation = new Translation(text -> text, _ -> Optional.empty());
    long reports = 0;
    for (var event : journal.events) {
      reports += translation.next(event).size();
    }
    LOG.info(
        "{} events told in {} ms",
        journal.events.size(),
        Duration.ofNanos(System.nanoTime() - start).toMillis());
    return reports;
  }

  @Test
  @Timeout(20)
  void a_flow_of_ten_thousand_tasks() {
    String tasks =
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    "{\"id\": \"t%d\", \"type\": \"compute\", \"value\": \"${{ tasks.t%d.output }}\"}"
                        .formatted(i, i / 2))
            .collect(Collectors.joining(","));
    Journal journal = new Journal("{\"tasks\": [" + tasks + "]}");
    IntStream.range(0, 10_000).forEach(i -> run(journal, TaskKey.of("", "t" + i)));
    told(journal);

    assertThat(told(journal)).isEqualTo(30_001);
  }

  @Test
  @Timeout(20)
  void a_map_of_a_hundred_thousand_items_over_another() {
    Journal journal =
        new Journal(
            """
            {"tasks": [
              {"id": "a", "type": "compute", "map": "x"},
              {"id": "b", "type": "compute", "map": "${{ tasks.a.output.filter(x, true) }}"}]}
            """);
    Output items = new Output.Inline("", JsonNodeFactory.instance.arrayNode());
    for (String task : new String[] {"a", "b"}) {
      TaskKey whole = TaskKey.of("", task);
      journal.add(new RunEvent.Mapped(whole, 100_000, items));
      IntStream.range(0, 100_000).forEach(i -> run(journal, whole.item(i)));
      journal.add(TaskMoved.to(whole, 0, State.Completed.DONE));
    }

    assertThat(told(journal)).isEqualTo(600_001);
  }

  @Test
  @Timeout(20)
  void twenty_thousand_subflows() {
    Journal journal =
        new Journal("{\"tasks\": [{\"id\": \"sub\", \"type\": \"flow\", \"map\": \"x\"}]}");
    TaskKey whole = TaskKey.of("", "sub");
    Output items = new Output.Inline("", JsonNodeFactory.instance.arrayNode());
    journal.add(new RunEvent.Mapped(whole, 20_000, items));
    for (int i = 0; i < 20_000; i++) {
      TaskKey item = whole.item(i);
      journal
          .add(
              new RunEvent.Nested(
                  item, "inner", "{}", "/", 1, JsonNodeFactory.instance.objectNode()))
          .add(TaskMoved.to(item, 1, new State.Running(false)));
      run(journal, TaskKey.of(item.text(), "a"));
      journal.add(TaskMoved.to(item, 1, State.Completed.DONE));
    }

    assertThat(told(journal)).isEqualTo(140_001);
  }
}
