package dev.mahavishnu.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkspaceKeyTest {
  @TempDir Path folder;

  @Test
  void aMissingKeyIsMadeForTheOwnerAloneAndOpensAgain() throws IOException {
    Path file = folder.resolve("deep/key");

    byte[] sealed = WorkspaceKey.open(file).encrypt("hello".getBytes(UTF_8));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent().toFile().list()).containsExactly("key");
    assertThat(WorkspaceKey.open(file).decrypt(sealed)).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws IOException {
    Path file = folder.resolve("key");
    WorkspaceKey.open(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> WorkspaceKey.open(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is open to others (rw-r-----); run: chmod 600 " + file);
  }

  @Test
  void aDamagedKeyIsNeverReplaced() throws IOException {
    Path file = folder.resolve("key");
    WorkspaceKey.open(file);
    Files.writeString(file, "mahavishnu-key-1 AAAA\n");

    assertThatThrownBy(() -> WorkspaceKey.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not hold a workspace key of version 1");
    assertThat(file).hasContent("mahavishnu-key-1 AAAA");
  }

  @Test
  void whoeverMakesTheKeyAtTheSameTimeGetsTheSameOne() throws Exception {
    Path file = folder.resolve("key");
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> opening =
          IntStream.range(0, 16)
              .<Callable<String>>mapToObj(
                  i -> () -> WorkspaceKey.open(file).hmac("x".getBytes(UTF_8)))
              .toList();

      List<Future<String>> hashes = pool.invokeAll(opening);

      assertThat(hashes).extracting(Future::get).containsOnly(hashes.getFirst().get());
    }
  }

  @Test
  void everyFlippedBitIsDetected() throws IOException {
    WorkspaceKey key = WorkspaceKey.open(folder.resolve("key"));
    byte[] sealed = key.encrypt("a result".getBytes(UTF_8));

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] damaged = sealed.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> key.decrypt(damaged)).isInstanceOf(IOException.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> key.decrypt(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anotherKeyCanNotReadItAndHashesOtherwise() throws IOException {
    WorkspaceKey one = WorkspaceKey.open(folder.resolve("one"));
    WorkspaceKey two = WorkspaceKey.open(folder.resolve("two"));
    byte[] text = "text".getBytes(UTF_8);

    assertThatThrownBy(() -> two.decrypt(one.encrypt(text)))
        .hasMessage("damaged, or encrypted under another workspace's key");
    assertThat(one.hmac(text)).matches("[0-9a-f]{64}").isNotEqualTo(two.hmac(text));
    assertThat(one.hmac(text)).isEqualTo(one.hmac(text));
  }

  @Test
  void equalTextsAreEncryptedDifferentlyAndEmptyOnesToo() throws IOException {
    WorkspaceKey key = WorkspaceKey.open(folder.resolve("key"));

    assertThat(key.encrypt(new byte[0])).hasSize(32).isNotEqualTo(key.encrypt(new byte[0]));
    assertThat(key.decrypt(key.encrypt(new byte[0]))).isEmpty();
  }

  @Test
  void aNewerFormatIsRefusedByName() throws IOException {
    WorkspaceKey key = WorkspaceKey.open(folder.resolve("key"));
    byte[] newer = key.encrypt(new byte[5]);
    newer[3] = 2;

    assertThatThrownBy(() -> key.decrypt(newer))
        .hasMessage("encrypted in format 2, this Mahavishnu knows format 1; use a newer one");
  }
}
