package dev.mahavishnu.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.ChildJvm;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes that run flows, with -9 and at random instants, and looks at what is left. */
class TortureTest {
  /** Kills; more by {@code -Dtorture.rounds}. */
  private static final int ROUNDS = Integer.getInteger("torture.rounds", 200);

  private static final int TASKS = 30;

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(Long.getLong("torture.seed", 1));
  private int kills;

  @Test
  void no_kill_loses_a_result_or_runs_a_finished_task_again() throws Exception {
    int runs = 0;
    while (kills < ROUNDS) {
      Path workspace = Files.createDirectory(folder.resolve("w" + runs++));
      Files.writeString(workspace.resolve("flow.yaml"), flow());
      torment(workspace);
    }
    System.out.println("torture: " + kills + " kills over " + runs + " runs");
  }

  /** Half of the tasks in a chain of shell tasks, the others beside it, one mapped. */
  private static String flow() {
    StringBuilder flow = new StringBuilder("flow: torture\ntasks:\n");
    for (int i = 0; i < TASKS; i++) {
      flow.append("  - id: t").append(i).append("\n    type: shell\n");
      flow.append("    command: printf 't").append(i).append("\\n' >> log; echo ").append(i);
      flow.append("\n");
      if (i % 2 == 1) {
        flow.append("    depends_on: [t").append(i - 1).append("]\n");
      } else if (i >= 4) {
        flow.append("    depends_on: [t").append(i - 4).append("]\n");
      }
    }
    flow.append("  - {id: many, type: compute, value: '${{ item * 2 }}', concurrency: 5, ");
    flow.append("map: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], depends_on: [t3]}\n");
    flow.append("  - {id: sum, type: compute, value: '${{ tasks.many.output[11] }}'}\n");
    flow.append("outputs: [{name: last, value: '${{ tasks.sum.output }}'}, ");
    flow.append("{name: t7, value: '${{ tasks.t7.output }}'}]\n");
    return flow.toString();
  }

  private void torment(Path workspace) throws Exception {
    Optional<RunId> run = Optional.empty();
    Set<String> done = new HashSet<>();
    Map<String, Integer> counted = new HashMap<>();
    Optional<String> end = Optional.empty();
    while (end.isEmpty()) {
      Said said = live(workspace, run.map(RunId::text).orElse("flow.yaml"));
      run = run.or(said::run);
      done.addAll(said.done);
      end = said.end;
      if (run.isEmpty()) {
        // Killed before it could say its name; what it left is a run or nothing.
        try (Store store = Store.open(workspace.resolve(".mahavishnu"), Clock.systemUTC())) {
          run = store.history().list().findFirst().map(RunSummary::run);
        }
        continue;
      }
      // Killed after the last record and before it could say so: then the run has ended.
      end = end.or(recordedEnd(workspace, run.get()));
      counted = inspect(workspace, run.get(), done, counted, end);
    }
  }

  private static Supplier<Optional<String>> recordedEnd(Path workspace, RunId run) {
    return () -> {
      try (Store store = Store.open(workspace.resolve(".mahavishnu"), Clock.systemUTC())) {
        return store
            .history()
            .summary(run)
            .filter(s -> s.state().type() == StateType.COMPLETED)
            .map(s -> s.state().name());
      }
    };
  }

  /** Checks what can be seen from outside, and counts how often each finished task ran. */
  private Map<String, Integer> inspect(
      Path workspace,
      RunId run,
      Set<String> acknowledged,
      Map<String, Integer> before,
      Optional<String> end)
      throws IOException {
    try (Store store = Store.open(workspace.resolve(".mahavishnu"), Clock.systemUTC())) {
      RunSummary summary = store.history().summary(run).orElseThrow();
      var fold = store.history().fold(run).orElseThrow();
      Set<String> completed = new HashSet<>();
      fold.root().tasks().stream()
          .filter(t -> t.state().type() == StateType.COMPLETED)
          .forEach(t -> completed.add(t.task().text()));
      fold.root()
          .maps()
          .forEach(
              (id, map) -> {
                for (int i = 0; i < map.size(); i++) {
                  if (map.ended(i)) {
                    completed.add(id + "[" + i + "]");
                  }
                }
              });
      assertThat(completed).containsAll(acknowledged);
      if (end.isEmpty()) {
        assertThat(summary.state().name()).isEqualTo("Crashed");
        assertThat(summary.resumable()).isTrue();
      } else {
        assertThat(end).hasValue("Completed");
        assertThat(store.history().output(run, fold.outputs()).toString())
            .isEqualTo("{\"last\":24,\"t7\":\"7\"}");
      }
      Map<String, Integer> lines = lines(workspace.resolve("log"));
      before.forEach((task, n) -> assertThat(lines).containsEntry(task, n));
      Map<String, Integer> counted = new HashMap<>();
      completed.stream()
          .filter(t -> t.matches("t[0-9]+"))
          .forEach(t -> counted.put(t, lines.getOrDefault(t, 0)));
      assertThat(counted.values()).allMatch(n -> n >= 1);
      return counted;
    }
  }

  private static Map<String, Integer> lines(Path log) throws IOException {
    Map<String, Integer> lines = new HashMap<>();
    if (Files.exists(log)) {
      Files.readAllLines(log).forEach(l -> lines.merge(l, 1, Integer::sum));
    }
    return lines;
  }

  private record Said(Optional<RunId> run, List<String> done, Optional<String> end) {}

  /** Lets a process live for a random while, or to its end. */
  private Said live(Path workspace, String what) throws Exception {
    // A file and no pipe: a child that was being started when its parent died may hold a pipe open.
    Path heard = workspace.resolve("stdout");
    Files.deleteIfExists(heard);
    Process victim =
        new ProcessBuilder(victim(workspace.toString(), what))
            .redirectError(workspace.resolve("stderr").toFile())
            .redirectOutput(heard.toFile())
            .start();
    boolean early = random.nextInt(5) == 0;
    long delay = random.nextInt(1, 500);
    // Most of a short life is the start of a JVM: the clock starts after it.
    while (!early && victim.isAlive() && (!Files.exists(heard) || Files.size(heard) == 0)) {
      victim.waitFor(2, TimeUnit.MILLISECONDS);
    }
    if (!victim.waitFor(delay, TimeUnit.MILLISECONDS)) {
      victim.destroyForcibly();
    }
    victim.waitFor();
    Said said = listen(heard);
    if (said.end.isEmpty()) {
      assertThat(victim.exitValue())
          .as("%s", Files.readString(workspace.resolve("stderr")))
          .isEqualTo(137);
      kills++;
    }
    return said;
  }

  private static List<String> victim(String... args) {
    List<String> command = new ArrayList<>(ChildJvm.of(Victim.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static Said listen(Path heard) throws IOException {
    Optional<RunId> run = Optional.empty();
    List<String> done = new ArrayList<>();
    Optional<String> end = Optional.empty();
    for (String line : Files.readAllLines(heard)) {
      if (line.matches("RUN [0-9]{6}-[0-9]{6}-[a-z2-7]{4}")) {
        run = Optional.of(new RunId(line.substring(4)));
      } else if (line.startsWith("DONE ")) {
        done.add(line.substring(5));
      } else if (line.startsWith("END ")) {
        end = Optional.of(line.substring(4));
      }
    }
    return new Said(run, done, end);
  }
}
