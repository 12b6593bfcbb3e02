package dev.mahavishnu.bench;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.store.Claim;
import dev.mahavishnu.store.Recovery;
import dev.mahavishnu.store.RunJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Taking up a wide map that was killed at half: by its checkpoint image, and by its whole journal.
 */
final class Killed {
  private static final int ROUNDS = 7;

  private Killed() {}

  /** The process to be killed: runs the map and kills itself, with -9, at half. */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    try (Embedded engine = new Embedded(Path.of(args[0]))) {
      engine.start(Embedded.map()).follow(Killed::dieAtHalf);
      never.await();
    }
  }

  private static void dieAtHalf(Recorded recorded) {
    if (recorded.event() instanceof RunEvent.TaskMoved moved
        && moved.task().index() == Embedded.ITEMS / 2
        && moved.state().isFinal()) {
      Runtime.getRuntime().halt(137);
    }
  }

  static List<Row> measure(Path scratch) throws Exception {
    Path folder = Files.createDirectory(scratch.resolve("killed"));
    die(folder);
    try (Embedded engine = new Embedded(folder)) {
      RunId run = engine.store().history().list().findFirst().map(RunSummary::run).orElseThrow();
      Path copy = scratch.resolve("killed-copy");
      Recovery image = claim(engine, run);
      if (!image.imageUsed()) {
        throw new IllegalStateException("no image was used: " + image);
      }
      Times byImage = Times.of(ROUNDS, () -> claim(engine, run));
      copy(folder, copy);
      Times byJournal;
      try (Embedded bare = new Embedded(copy)) {
        byJournal =
            Times.of(
                ROUNDS,
                () -> {
                  dropImages(copy, run);
                  if (claim(bare, run).imageUsed()) {
                    throw new IllegalStateException("an image was used");
                  }
                });
      }
      Times first = Times.of(1, () -> engine.firstTask(run));
      return List.of(
          new Row("killed at half of 100,000: by its image", byImage, byImage.median(), ""),
          new Row(
              "  the same by its whole journal", byJournal, byImage.median(), "ratio 5 or more"),
          new Row("  resume to its first task", first, first.median(), "2,000 ms"));
    }
  }

  private static void die(Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("victim.log").toFile())
            .start();
    int code = process.waitFor();
    if (code != 137) {
      throw new IOException("the victim ended with " + code + ", see " + folder);
    }
  }

  /** Takes the run as a resume does, and lets it go without a new image. */
  private static Recovery claim(Embedded engine, RunId run) {
    return switch (engine.store().claim(run)) {
      case Claim.Mine mine -> {
        try (RunJournal journal = mine.journal()) {
          yield journal.recovery();
        }
      }
      case Claim.Held held -> throw new IllegalStateException("held: " + held);
      case Claim.Missing missing -> throw new IllegalStateException("missing: " + missing);
    };
  }

  private static void dropImages(Path folder, RunId run) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(".mahavishnu/runs/" + run))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.getFileName().toString().contains("image")
            || file.getParent().getFileName().toString().contains("image")) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
