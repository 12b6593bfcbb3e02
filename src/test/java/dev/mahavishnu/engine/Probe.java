package dev.mahavishnu.engine;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.*;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.*;
import dev.mahavishnu.store.Store;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import tools.jackson.databind.node.*;

public class Probe {
  public static void main(String[] a) throws Exception {
    Path folder = Files.createTempDirectory("probe");
    Store store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC());
    TaskRunner noop =
        new TaskRunner() {
          public String type() {
            return "compute";
          }

          public Attempt prepare(AttemptContext c) {
            return new Attempt() {
              public Optional<Child> child() {
                return Optional.empty();
              }

              public Outcome run() {
                try {
                  return new Outcome.Succeeded(c.value(((Work.Compute) c.work()).value()));
                } catch (TaskException e) {
                  return Outcome.Failed.of(e.getMessage());
                }
              }

              public List<Long> stop(Duration d) {
                return List.of();
              }
            };
          }
        };
    Engine engine =
        new Engine(
            store,
            new Expressions(),
            new Secrets(Map.of(), folder),
            List.of(noop),
            EngineLimits.DEFAULT,
            Clock.systemUTC(),
            new SplittableRandom(),
            _ -> Optional.empty(),
            (_, _) -> List.of());
    for (int r = 0; r < 4; r++) {
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        Task t = Task.of("t" + i, new Work.Compute(IntNode.valueOf(i)));
        tasks.add(
            new Task(
                t.id(),
                "",
                t.work(),
                i == 0 ? List.of() : List.of("t" + (i - 1)),
                t.runIf(),
                t.when(),
                t.map(),
                t.retry(),
                t.timeout(),
                t.cache(),
                t.env(),
                t.workingDir(),
                t.tags(),
                t.onCrash(),
                t.output(),
                t.files()));
      }
      long t0 = System.nanoTime();
      RunHandle h =
          engine.submit(
              new Submission(
                  new FlowSource(Flow.of("seq", tasks), SourceMap.NONE, "", folder),
                  JsonNodeFactory.instance.objectNode(),
                  Optional.empty(),
                  "probe"));
      System.out.println(
          "seq 1000: " + h.await().name() + " " + (System.nanoTime() - t0) / 1e6 + " ms");
    }
    for (int r = 0; r < 4; r++) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < 100_000; i++) items.add(i);
      Task t = Task.of("m", new Work.Compute(StringNode.valueOf("${{ item }}")));
      Task m =
          new Task(
              t.id(),
              "",
              t.work(),
              List.of(),
              t.runIf(),
              t.when(),
              Optional.of(new MapOver(items, Optional.of(1000), Optional.empty())),
              t.retry(),
              t.timeout(),
              t.cache(),
              t.env(),
              t.workingDir(),
              t.tags(),
              t.onCrash(),
              t.output(),
              t.files());
      long t0 = System.nanoTime();
      RunHandle h =
          engine.submit(
              new Submission(
                  new FlowSource(Flow.of("map", List.of(m)), SourceMap.NONE, "", folder),
                  JsonNodeFactory.instance.objectNode(),
                  Optional.empty(),
                  "probe"));
      State s = h.await();
      double ms = (System.nanoTime() - t0) / 1e6;
      System.out.println(
          "map 100k: " + s.name() + " " + ms + " ms, " + (int) (100_000 / ms * 1000) + "/s");
      t0 = System.nanoTime();
      store.history().fold(h.run());
      System.out.println("fold: " + (System.nanoTime() - t0) / 1e6 + " ms");
    }
  }
}
