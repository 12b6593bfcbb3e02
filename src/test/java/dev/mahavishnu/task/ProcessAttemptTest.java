package dev.mahavishnu.task;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.AttemptContext.Stream;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.Outcome.Failed;
import dev.mahavishnu.engine.Outcome.Succeeded;
import dev.mahavishnu.run.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessAttemptTest {
  private static final List<String> SMALL = List.of("-Xmx24m");
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Ignores what it may, as do its children, of which one left the group and one the mark. */
  private static final String STUBBORN =
      """
      trap '' TERM INT HUP
      for n in 1 2 3; do
        sh -c "trap '' TERM; echo \\$\\$ > pid$n.new; mv pid$n.new pid$n; while :; do sleep 60; done" &
      done
      setsid sh -c "trap '' TERM; echo \\$\\$ > pid4.new; mv pid4.new pid4; while :; do sleep 60; done" &
      (env -i sh -c "trap '' TERM; echo \\$\\$ > pid5.new; mv pid5.new pid5; while :; do sleep 60; done" &)
      echo $$ > pid0.new
      mv pid0.new pid0
      while :; do sleep 60; done
      """;

  @TempDir Path temp;
  private Path folder;
  private Given given;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("flow"));
    given = Given.shell(folder, "true");
  }

  /** A test that failed must not leave what it started. */
  @AfterEach
  void end() {
    Orphans.end(new Child(Integer.MAX_VALUE, 0, given.mark()), Duration.ofSeconds(1));
  }

  private Attempt prepare(String command) throws Exception {
    given = Given.shell(folder, command);
    return new ShellRunner().prepare(given);
  }

  /** The processes of {@link #STUBBORN}, when all are there. */
  private List<Long> awaitStubborn() throws IOException {
    List<Long> pids = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      awaitFiles("pid" + n);
      pids.add(Long.parseLong(Files.readString(folder.resolve("pid" + n)).strip()));
    }
    assertThat(pids).allSatisfy(pid -> assertThat(Processes.table().entry(pid)).isPresent());
    return pids;
  }

  private static void assertGone(List<Long> pids) {
    assertThat(pids).allSatisfy(pid -> assertThat(Processes.table().entry(pid)).isEmpty());
  }

  private void awaitFiles(String... names) {
    await()
        .atMost(20, SECONDS)
        .until(() -> List.of(folder.toFile().list()).containsAll(List.of(names)));
  }

  @Test
  void aPreparedAttemptStandsAtItsGateInAGroupOfItsOwn() throws Exception {
    Attempt attempt = prepare("touch ran");
    Child child = attempt.child().orElseThrow();

    await()
        .untilAsserted(
            () ->
                assertThat(Processes.table().entry(child.pid()).orElseThrow())
                    .returns(child.pid(), ProcessTable.Entry::group)
                    .returns(child.pid(), ProcessTable.Entry::session)
                    .returns("sh", ProcessTable.Entry::name));
    assertThat(child.mark()).isEqualTo(given.mark());
    assertThat(child.started())
        .isEqualTo(Processes.table().entry(child.pid()).orElseThrow().started());
    assertThat(folder.resolve("ran")).doesNotExist();

    assertThat(attempt.run()).isInstanceOf(Succeeded.class);
    assertThat(folder.resolve("ran")).exists();
  }

  @Test
  void anAttemptThatIsStoppedAtItsGateNeverRuns() throws Exception {
    given = Given.shell(folder, "touch ran; : ${{ x }}").with("x", "x".repeat(200_000));
    Attempt attempt = new ShellRunner().prepare(given);

    assertThat(attempt.stop(LONG)).isEmpty();

    assertThat(Processes.marked(given.mark())).isEmpty();
    assertThat(given.folder()).isEmptyDirectory();
    assertThat(attempt.run()).isEqualTo(Failed.of("stopped"));
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void nothingRunsWhenTheJvmDiesBeforeTheGateOpens() throws Exception {
    Process jvm = OtherJvm.start(List.of(), Map.of(), "hold", folder.toString(), "touch ran");
    String[] told = OtherJvm.firstLine(jvm).split(" ");
    long gate = Long.parseLong(told[0]);
    assertThat(Processes.table().entry(gate)).isPresent();

    OtherJvm.kill(jvm);

    await().atMost(LONG).until(() -> Processes.table().entry(gate).isEmpty());
    assertThat(Processes.marked(told[2])).isEmpty();
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @Test
  void aProcessOutlivesItsJvmAndIsEndedAsAnOrphan() throws Exception {
    Process jvm = OtherJvm.start(List.of(), Map.of(), "run", folder.toString(), STUBBORN);
    String[] told = OtherJvm.firstLine(jvm).split(" ");
    Child child = new Child(Long.parseLong(told[0]), Long.parseLong(told[1]), told[2]);
    List<Long> pids = awaitStubborn();
    OtherJvm.kill(jvm);

    assertThat(Orphans.end(child, Duration.ofSeconds(4))).isEmpty();

    assertGone(pids);
    assertThat(Processes.marked(child.mark())).isEmpty();
    assertThat(Orphans.end(child, Duration.ofSeconds(4))).isEmpty();
  }

  @Test
  void stopEndsTheGroupAndWhoLeftItThoughTheyIgnoreTheSignal() throws Exception {
    Attempt attempt = prepare(STUBBORN);
    CompletableFuture<Outcome> outcome = Processes.start(attempt);
    List<Long> pids = awaitStubborn();

    assertThat(attempt.stop(Duration.ofMillis(300))).isEmpty();

    assertGone(pids);
    assertThat(Processes.marked(given.mark())).isEmpty();
    assertThat(outcome.get(10, SECONDS)).isEqualTo(Failed.of("stopped"));
    assertThat(attempt.stop(Duration.ZERO)).isEmpty();
  }

  @Test
  void stopAsksFirstAndLetsCleanUp() throws Exception {
    Attempt attempt =
        prepare("trap 'touch cleaned; exit 0' TERM; touch up; while :; do sleep 0.05; done");
    CompletableFuture<Outcome> outcome = Processes.start(attempt);
    awaitFiles("up");

    assertThat(attempt.stop(LONG)).isEmpty();

    assertThat(folder.resolve("cleaned")).exists();
    assertThat(outcome.get(10, SECONDS)).isEqualTo(Failed.of("stopped"));
  }

  @Test
  void whatATaskLeavesInTheBackgroundIsReportedAndEnded() throws Exception {
    Attempt attempt =
        prepare(
            """
            sleep 600 &
            setsid sh -c 'touch up; exec sleep 601' >/dev/null 2>&1 &
            while [ ! -e up ]; do sleep 0.02; done
            echo done
            """);

    assertThat(attempt.run()).isEqualTo(new Succeeded(Given.json("\"done\"")));

    assertThat(Processes.marked(given.mark())).isEmpty();
    assertThat(given.logged(Stream.SYSTEM))
        .singleElement()
        .asString()
        .matches("left processes running, which are ended: \\d+ sleep, \\d+ sleep");
  }

  @Test
  void aBackgroundProcessThatFloodsTheOutputHoldsNothingUp() throws Exception {
    given = Given.shell(folder, "yes background & echo $!; sleep 0.2; exit 3");
    long[] lines = new long[1];
    Attempt attempt = new ShellRunner().prepare(new Counting(given, (s, l) -> lines[0]++));

    assertThat(attempt.run()).isEqualTo(Failed.of("exited with 3"));

    assertThat(Processes.marked(given.mark())).isEmpty();
    assertThat(lines[0]).isPositive();
  }

  @Test
  void whatIsStillOnItsWayWhenTheProgramExitsIsNotLost() throws Exception {
    Attempt attempt = prepare("(sleep 0.05; echo late) & echo early");

    assertThat(attempt.run()).isEqualTo(new Succeeded(Given.json("\"late\"")));
    assertThat(given.logged(Stream.SYSTEM)).isEmpty();
  }

  @RepeatedTest(20)
  void whoEndsByItselfAMomentLaterIsNotReported() throws Exception {
    Attempt attempt = prepare("(exec >/dev/null 2>&1; sleep 0.01) & (echo a; :) | cat &");

    assertThat(attempt.run()).isInstanceOf(Succeeded.class);
    assertThat(given.logged(Stream.SYSTEM)).isEmpty();
  }

  @Test
  void anEscapeeThatHoldsTheOutputOpenHoldsTheAttemptUpOnlySoLong() throws Exception {
    Attempt attempt =
        prepare(
            """
            (setsid env -i sh -c 'echo $$ > pid; exec sleep 60' &)
            while [ ! -s pid ]; do sleep 0.02; done
            echo done
            """);
    try {
      assertThat(attempt.run()).isEqualTo(new Succeeded(Given.json("\"done\"")));

      assertThat(given.logged(Stream.SYSTEM))
          .containsExactly(
              "what still holds the output open could not be found;"
                  + " the rest of it is not logged");
    } finally {
      long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void theFilesOfAnAttemptAreItsUsersAloneAndGoWithIt() throws Exception {
    given =
        Given.shell(folder, ": ${{ big }}; stat -c %a \"$MV_1_FILE\"")
            .with("big", "x".repeat(200_000));
    Attempt attempt = new ShellRunner().prepare(given);
    assertThat(given.folder()).isNotEmptyDirectory();

    assertThat(attempt.run()).isEqualTo(new Succeeded(Given.json("\"600\"")));
    assertThat(given.folder()).isEmptyDirectory();
  }

  @Test
  void outputOfAnySizeTakesConstantMemory() throws Exception {
    long bytes = (Boolean.getBoolean("mahavishnu.long") ? 1024 : 200) * 1024L * 1024;
    String command =
        "head -c %d /dev/zero | tr '\\0' x | fold -w 1000; echo; head -c 20M /dev/zero; echo;"
                .formatted(bytes)
            + " echo end";
    Process jvm = OtherJvm.start(SMALL, Map.of(), "count", folder.toString(), command);

    long logged = bytes + 65536 + "… (20905984 more)".length() + "end".length();
    assertThat(OtherJvm.firstLine(jvm)).isEqualTo("Succeeded[output=\"end\"] " + logged);
    assertThat(jvm.waitFor()).isZero();
  }

  @Test
  void aFloodFromTheBackgroundTakesConstantMemory() throws Exception {
    Process jvm =
        OtherJvm.start(
            SMALL, Map.of(), "count", folder.toString(), "yes & yes >&2 & sleep 0.3; exit 3");

    assertThat(OtherJvm.firstLine(jvm))
        .matches("Failed\\[message=exited with 3: y, retryable=true] \\d+");
    assertThat(jvm.waitFor()).isZero();
  }

  @Test
  void valuesAreUtf8WhateverTheLocaleOfTheJvm() throws Exception {
    Process jvm =
        OtherJvm.start(
            List.of(),
            Map.of("LC_ALL", "C"),
            "utf8",
            folder.toString(),
            "printf %s ${{ x }} > got");

    assertThat(OtherJvm.firstLine(jvm)).isEqualTo("Succeeded[output=null]");
    assertThat(folder.resolve("got")).hasContent("grüße \u6f22\u5b57 \ud83d\ude00");
    assertThat(jvm.waitFor()).isZero();
  }

  @Test
  void aThreadThatIsInterruptedEndsItsProcessAndStaysInterrupted() throws Exception {
    Attempt attempt = prepare("touch up; sleep 600");
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    List<Outcome> outcome = new ArrayList<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  outcome.add(attempt.run());
                  interrupted.complete(Thread.currentThread().isInterrupted());
                });
    awaitFiles("up");

    thread.interrupt();

    assertThat(interrupted.get(10, SECONDS)).isTrue();
    assertThat(outcome).containsExactly(Failed.of("interrupted"));
    assertThat(Processes.marked(given.mark())).isEmpty();
  }

  @Test
  void withoutSetsidNothingStartsAndTheMessageSaysWhatToInstall() {
    assertThat(Processes.run(new ShellRunner(new Host(Map.of("PATH", "/nowhere"))), given))
        .isEqualTo(
            new Failed(
                "setsid is not on PATH; install util-linux: without it a task could not be"
                    + " stopped with all its processes",
                false));
  }
}
