package dev.mahavishnu.prefect.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir Path folder;
  private ClaimFolder claims;

  @BeforeEach
  void open() {
    claims = new ClaimFolder(folder);
  }

  private static Claim claim() {
    return new Claim(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "w",
        NOW,
        Optional.of(RunId.at(NOW, 1)),
        Claim.Hold.OPEN);
  }

  private List<Path> marks() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("open"))) {
      return files.toList();
    }
  }

  private Path file(Claim claim) {
    return folder.resolve(claim.flowRun() + ".json");
  }

  private void age(Claim claim, Duration age) throws IOException {
    Files.setLastModifiedTime(file(claim), FileTime.from(NOW.minus(age)));
  }

  @Test
  void only_what_is_open_is_read_when_it_is_asked_for() throws IOException {
    Claim open = claim();
    claims.keep(open);
    for (int i = 0; i < 20; i++) {
      Claim done = claim();
      claims.keep(done);
      claims.close(done);
    }
    assertThat(claims.open()).containsExactly(open);
    assertThat(marks()).hasSize(1);
    claims.give(open);
    assertThat(claims.open()).isEmpty();
    assertThat(marks()).isEmpty();
    assertThat(claims.find(open.flowRun())).contains(open.with(Claim.Hold.GIVEN));
  }

  @Test
  void what_waits_is_told_apart_from_what_is_open() {
    Claim waiting = claim();
    claims.keep(waiting);
    claims.await(waiting);
    assertThat(claims.open()).isEmpty();
    assertThat(claims.waiting()).containsExactly(waiting.with(Claim.Hold.WAITING));
    claims.close(waiting);
    assertThat(claims.waiting()).isEmpty();
  }

  @Test
  void a_later_claim_is_not_closed_with_the_one_before() {
    Claim before = claim();
    claims.keep(before);
    Claim later =
        new Claim(before.flowRun(), UUID.randomUUID(), "v", NOW, Optional.empty(), Claim.Hold.OPEN);
    claims.keep(later);
    claims.close(before);
    assertThat(claims.open()).containsExactly(later);
  }

  @Test
  void what_was_closed_long_ago_is_removed_and_what_is_open_never_is() throws IOException {
    Claim old = claim();
    Claim recent = claim();
    Claim open = claim();
    for (Claim claim : List.of(old, recent, open)) {
      claims.keep(claim);
    }
    claims.close(old);
    claims.close(recent);
    age(old, Duration.ofDays(31));
    age(recent, Duration.ofDays(29));
    age(open, Duration.ofDays(400));
    claims.tidy(NOW);
    assertThat(file(old)).doesNotExist();
    assertThat(file(recent)).exists();
    assertThat(claims.open()).containsExactly(open);
  }

  @Test
  void what_was_left_open_before_there_were_markers_is_found_after_tidying() throws IOException {
    Claim open = claim();
    claims.keep(open);
    Files.delete(marks().getFirst());
    claims.tidy(NOW);
    assertThat(claims.open()).containsExactly(open);
  }
}
