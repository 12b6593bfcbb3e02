package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.deploy.BundledFlow.BundledFile;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bundle laid out on disk: specs in {@code flows/NAME.json}, the files of each in {@code
 * files/NAME}.
 */
final class Unpacking {
  private static final Logger LOG = LoggerFactory.getLogger(Unpacking.class);

  private final Path place;

  private Unpacking(Path place) {
    this.place = place;
  }

  /** Laid out at that place; others who do it at the same time share it. */
  static Unpacking of(List<BundledFlow> flows, Path place) throws IOException {
    Path target = place.toAbsolutePath();
    if (Files.isDirectory(target)) {
      mend(flows, target);
      return new Unpacking(target);
    }
    Path parent =
        Files.createDirectories(java.util.Objects.requireNonNull(target.getParent(), "parent"));
    Path making = Files.createTempDirectory(parent, ".unpacking");
    try {
      for (BundledFlow flow : flows) {
        lay(flow, making);
      }
      Files.move(making, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Somebody else may have been first.
      if (!Files.isDirectory(target)) {
        throw e;
      }
    } finally {
      remove(making);
    }
    return new Unpacking(target);
  }

  /**
   * Tasks work in these folders and may have changed a file: the next run is to have what the hash
   * says all the same.
   */
  private static void mend(List<BundledFlow> flows, Path place) throws IOException {
    for (BundledFlow flow : flows) {
      Path root = files(place, flow);
      for (BundledFile file : flow.files()) {
        Path path = root.resolve(file.path());
        boolean same =
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && ContentHash.of(path).equals(file.hash())
                && Files.isExecutable(path) == file.executable();
        if (!same) {
          LOG.warn("{} was changed; it is laid out again", path);
          Path draft = root.resolve(file.path() + ".laid-" + UUID.randomUUID());
          lay(file, draft);
          Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
  }

  private static void lay(BundledFlow flow, Path place) throws IOException {
    Path root = Files.createDirectories(files(place, flow));
    Files.createDirectories(root.resolve(flow.folder()));
    for (String folder : flow.folders()) {
      Files.createDirectories(root.resolve(folder));
    }
    for (BundledFile file : flow.files()) {
      lay(file, root.resolve(file.path()));
    }
    write(spec(place, flow), flow.spec().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static void lay(BundledFile file, Path path) throws IOException {
    write(path, Packing.unpack(file.packed(), Bundle.MOST_UNPACKED));
    if (file.executable() && !path.toFile().setExecutable(true, false)) {
      throw new IOException(path + " can't be made executable");
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(java.util.Objects.requireNonNull(file.getParent(), "parent"));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      // The folder's name vouches for its content, after a loss of power too.
      channel.force(true);
    }
  }

  private static Path files(Path place, BundledFlow flow) {
    return place.resolve("files").resolve(flow.name());
  }

  private static Path spec(Path place, BundledFlow flow) {
    return place.resolve("flows").resolve(flow.name() + ".json");
  }

  private static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  FlowSource read(BundledFlow flow, FlowReader reader) {
    Path folder = files(place, flow).resolve(flow.folder());
    return switch (reader.read(spec(place, flow).toString(), flow.spec(), folder)) {
      case ReadResult.Valid valid -> valid.source();
      case ReadResult.Invalid invalid -> {
        Problem first = invalid.problems().getFirst();
        throw new BundleException("flow `" + flow.name() + "` can't run here: " + first.message());
      }
    };
  }
}
