package dev.mahavishnu.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What durability costs, beside the least that the disk under it takes. */
final class Durable {
  private static final int WARM = 3;
  private static final int ROUNDS = 5;

  private Durable() {}

  static List<Row> measure(Path scratch) throws Exception {
    try (Embedded engine = new Embedded(Files.createDirectory(scratch.resolve("durable")))) {
      Times.of(WARM, () -> engine.run(Embedded.chain()));
      Times disk = Disk.appendAndForce(scratch.resolve("beside"));
      Times chain = Times.of(ROUNDS, () -> engine.run(Embedded.chain()));
      Times each = chain.divided(Embedded.CHAIN);
      Times.of(WARM, () -> engine.run(Embedded.map()));
      Times map = Times.of(ROUNDS, () -> engine.run(Embedded.map()));
      double rate = Embedded.ITEMS / map.median() * 1_000;
      return List.of(
          new Row(
              "a task of a chain of 1,000, each on disk",
              each,
              disk.median(),
              "%.2f ms (append and force + 0.2 ms)".formatted(disk.median() + 0.2)),
          new Row(
              "a map of 100,000 at concurrency 1,000",
              map,
              map.median(),
              "5,000 ms (20,000/s); is %,.0f/s".formatted(rate)));
    }
  }
}
