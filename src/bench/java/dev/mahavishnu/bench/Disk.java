package dev.mahavishnu.bench;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** What the disk under the workspace takes for the least that a journal must do. */
final class Disk {
  private static final int ROUNDS = 1_000;
  private static final int RECORD_BYTES = 200;

  private Disk() {}

  static List<Row> measure(Path scratch) throws Exception {
    Times times = appendAndForce(scratch.resolve("disk"));
    return List.of(new Row("disk: append 200 B and force", times, times.median(), ""));
  }

  static Times appendAndForce(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file, CREATE, APPEND)) {
      ByteBuffer bytes = ByteBuffer.allocateDirect(RECORD_BYTES);
      return Times.of(
          ROUNDS,
          () -> {
            channel.write(bytes.rewind());
            channel.force(false);
          });
    }
  }
}
