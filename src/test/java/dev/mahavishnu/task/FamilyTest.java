package dev.mahavishnu.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who belongs to a child, on a machine made of files. */
final class FamilyTest {
  private static final long BOOT = 1_795_000_000L;
  private static final long START_TICKS = 500_000;
  private static final Child CHILD = new Child(4242, BOOT * 1000 + START_TICKS * 10, "the-mark");

  @TempDir Path proc;

  private void boot(long seconds) throws IOException {
    Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime " + seconds + "\nprocesses 5\n");
  }

  private void process(
      int pid, String name, char state, int parent, int group, int session, long ticks, String mark)
      throws IOException {
    Path folder = Files.createDirectories(proc.resolve(String.valueOf(pid)));
    Files.writeString(
        folder.resolve("stat"),
        "%d (%s) %c %d %d %d 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 %d 99 99\n"
            .formatted(pid, name, state, parent, group, session, ticks));
    Files.writeString(
        folder.resolve("environ"),
        "PATH=/bin\0" + (mark.isEmpty() ? "" : "MAHAVISHNU_ATTEMPT=" + mark + "\0") + "A=b\0");
  }

  private long[] members() throws IOException {
    return Family.journaled(ProcessTable.of(proc), CHILD).members().stream()
        .mapToLong(ProcessTable.Entry::pid)
        .sorted()
        .toArray();
  }

  @Test
  void theChildItsGroupItsSessionItsMarkAndTheirDescendantsBelong() throws IOException {
    boot(BOOT);
    process(4242, "sh", 'S', 1, 4242, 4242, START_TICKS, "");
    process(4243, "in group", 'S', 4242, 4242, 4242, START_TICKS + 1, "");
    process(4244, "in session", 'S', 1, 4244, 4242, START_TICKS + 1, "");
    process(4245, "marked", 'S', 1, 4245, 4245, START_TICKS + 1, "the-mark");
    process(4246, "child of marked", 'S', 4245, 4246, 4246, START_TICKS + 1, "");
    process(4247, "grandchild", 'S', 4246, 4247, 4247, START_TICKS + 1, "");
    process(5000, "stranger", 'S', 1, 5000, 5000, START_TICKS + 1, "");
    process(5001, "other attempt", 'S', 1, 5001, 5001, START_TICKS + 1, "the-mark-2");

    assertThat(members()).containsExactly(4242, 4243, 4244, 4245, 4246, 4247);
  }

  @Test
  void aPidThatWasUsedAgainIsNotTouchedNorIsItsGroup() throws IOException {
    boot(BOOT);
    process(4242, "innocent", 'S', 1, 4242, 4242, START_TICKS + 1000, "");
    process(4243, "its child", 'S', 4242, 4242, 4242, START_TICKS + 1001, "");
    process(4250, "escapee", 'S', 1, 4250, 4250, START_TICKS + 2, "the-mark");

    assertThat(members()).containsExactly(4250);
  }

  @Test
  void theGroupOfAChildThatIsGoneBelongsWhenAMarkedProcessIsInIt() throws IOException {
    boot(BOOT);
    process(4243, "marked", 'S', 1, 4242, 4242, START_TICKS + 1, "the-mark");
    process(4244, "unmarked", 'S', 1, 4242, 4242, START_TICKS + 1, "");

    assertThat(members()).containsExactly(4243, 4244);
  }

  @Test
  void theDeadAreNotMembers() throws IOException {
    boot(BOOT);
    process(4242, "sh", 'Z', 1, 4242, 4242, START_TICKS, "");
    process(4243, "sh", 'X', 1, 4242, 4242, START_TICKS, "the-mark");

    assertThat(members()).isEmpty();
  }

  @Test
  void anyNameOfAProgramCanBeRead() throws IOException {
    boot(BOOT);
    process(4242, "a) R 1 1 (b", 'S', 7, 4242, 4242, START_TICKS, "");

    assertThat(ProcessTable.of(proc).entry(4242))
        .contains(new ProcessTable.Entry(4242, "a) R 1 1 (b", 7, 4242, 4242, CHILD.started()));
  }

  @Test
  void aClockThatWasSetBackHidesNobodyWhoIsMarked() throws IOException {
    boot(BOOT - 3600);
    process(4242, "sh", 'S', 1, 4242, 4242, START_TICKS, "the-mark");
    process(4243, "in group", 'S', 4242, 4242, 4242, START_TICKS + 1, "");

    assertThat(members()).containsExactly(4242, 4243);
  }

  @Test
  void anInnocentProcessWithThePidSurvives() throws Exception {
    Process innocent = new ProcessBuilder("sleep", "60").start();
    try {
      long started = Processes.table().entry(innocent.pid()).orElseThrow().started();
      Child other = new Child(innocent.pid(), started - 10_000, "a mark that nobody has");

      assertThat(Orphans.end(other, Duration.ofSeconds(1))).isEmpty();

      assertThat(innocent.isAlive()).isTrue();
      assertThat(Orphans.end(new Child(innocent.pid(), started, "-"), Duration.ofSeconds(2)))
          .isEmpty();
      assertThat(innocent.waitFor()).isEqualTo(143);
    } finally {
      innocent.destroyForcibly();
    }
  }
}
