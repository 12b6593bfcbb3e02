package dev.mahavishnu.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.ChildJvm;
import dev.mahavishnu.cli.Main;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program itself serves a schedule of seconds and a flow that follows, and is killed with -9 at
 * random moments: no time is lost and none starts two runs, and each run is followed once.
 */
final class ServeTortureTest {
  /** Kills; more by {@code -Dserve.rounds}. */
  private static final int ROUNDS = Integer.getInteger("serve.rounds", 6);

  private static final String TICK =
      """
      flow: tick
      tasks:
        - {id: a, type: shell, command: 'echo ${{ run.id }} >> tick.log', on_crash: fail}
      schedules: [{every: 1s}]
      """;

  private static final String FOLLOW =
      """
      flow: follow
      parameters: [{name: tick, type: string}]
      tasks:
        - {id: a, type: shell, command: 'echo ${{ params.tick }} >> follow.log'}
      triggers: [{after: tick, state: any, parameters: [{name: tick, value: "${{ run.id }}"}]}]
      """;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(Long.getLong("serve.seed", 5));

  @Test
  void no_kill_loses_a_run_or_starts_one_twice() throws Exception {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/tick.yaml"), TICK);
    Files.writeString(folder.resolve("flows/follow.yaml"), FOLLOW);
    for (int i = 0; i < ROUNDS; i++) {
      Process serve = serve();
      awaitRun(serve);
      if (!serve.waitFor(random.nextLong(1, 2_500), TimeUnit.MILLISECONDS)) {
        serve.destroyForcibly();
      }
      assertThat(serve.waitFor()).as(said()).isEqualTo(137);
    }
    Process last = serve();
    awaitRun(last);
    last.destroy();
    assertThat(last.waitFor()).as(said()).isIn(0, 130);
    // What was still to follow when it was told to end.
    Files.writeString(folder.resolve("flows/tick.yaml"), TICK.replace("every: 1s", "every: 900d"));
    Process rest = serve();
    rest.waitFor(4, TimeUnit.SECONDS);
    rest.destroy();
    assertThat(rest.waitFor()).as(said()).isIn(0, 130);
    look();
  }

  private void look() throws IOException {
    try (Store store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC())) {
      Map<String, List<String>> causes = new HashMap<>();
      List<String> ticks = new ArrayList<>();
      for (RunSummary run : store.history().list().toList()) {
        assertThat(run.state().type()).isIn(StateType.COMPLETED, StateType.FAILED);
        var created = (RunEvent.Created) store.history().events(run.run(), 1).getFirst().event();
        causes.computeIfAbsent(run.flow(), _ -> new ArrayList<>()).add(created.requester());
        if (run.flow().equals("tick")) {
          ticks.add(run.run().text());
        }
      }
      List<Instant> times =
          causes.get("tick").stream()
              .map(cause -> Instant.parse(cause.substring(cause.indexOf('@') + 1)))
              .sorted()
              .toList();
      assertThat(times).doesNotHaveDuplicates().hasSizeGreaterThan(ROUNDS);
      for (int i = 1; i < times.size(); i++) {
        assertThat(times.get(i)).isEqualTo(times.get(i - 1).plusSeconds(1));
      }
      List<String> followed =
          causes.get("follow").stream().map(c -> c.substring(8, c.indexOf('@'))).toList();
      assertThat(followed).containsExactlyInAnyOrderElementsOf(ticks);
      // What the runs did: `on_crash: fail` lets a task that was killed not run again.
      List<String> log = Files.readAllLines(folder.resolve("flows/tick.log"));
      assertThat(log).doesNotHaveDuplicates();
      assertThat(Set.copyOf(ticks)).containsAll(log);
      assertThat(log.size()).isGreaterThanOrEqualTo(ticks.size() - 2 * ROUNDS);
      assertThat(new HashSet<>(Files.readAllLines(folder.resolve("flows/follow.log"))))
          .isEqualTo(Set.copyOf(ticks));
    }
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("stderr")) + Files.readString(folder.resolve("stdout"));
  }

  /** Waits until it serves; what it was killed at before then would only be the start of a JVM. */
  private void awaitRun(Process serve) throws Exception {
    Path heard = folder.resolve("stdout");
    while (serve.isAlive() && Files.size(heard) == 0) {
      serve.waitFor(2, TimeUnit.MILLISECONDS);
    }
  }

  private Process serve() throws IOException {
    Files.deleteIfExists(folder.resolve("stdout"));
    List<String> command = new ArrayList<>(ChildJvm.of(Main.class.getName()));
    command.addAll(List.of("serve", "--missed", "all", "--output", "json"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PREFECT") || name.startsWith("MAHAVISHNU"));
    builder.environment().put("HOME", folder.resolve("home").toString());
    return builder
        .redirectError(folder.resolve("stderr").toFile())
        .redirectOutput(folder.resolve("stdout").toFile())
        .start();
  }
}
