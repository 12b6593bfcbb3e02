package dev.mahavishnu.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a workspace that a model may know of: none that git ignores, none that looks like it
 * holds secrets, none behind a link that leads out. For one turn and one thread.
 */
final class WorkspaceFiles {
  private static final String IGNORE = ".gitignore";
  private static final int MOST_VISITED = 20_000;
  private static final int LONGEST_RULES = 256 * 1024;

  private final Path root;
  private final Path top;
  private final Map<Path, IgnoreRules> rules = new HashMap<>();

  /**
   * @param root absolute
   */
  WorkspaceFiles(Path root) {
    this.root = root.normalize();
    this.top = top(this.root);
  }

  /** The folder that holds the repository; the workspace itself where it is in none. */
  private static Path top(Path root) {
    for (Path folder = root; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        return folder;
      }
    }
    return root;
  }

  /** Files in the order of their depth and then their names, relative to the workspace. */
  List<Path> list(int most) {
    List<Path> found = new ArrayList<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    int visited = 0;
    while (!folders.isEmpty() && found.size() < most && visited < MOST_VISITED) {
      for (Path entry : entries(folders.remove())) {
        visited++;
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          if (!isHidden(entry, true)) {
            folders.add(entry);
          }
        } else if (found.size() < most && Files.isRegularFile(entry) && isOpen(entry)) {
          found.add(root.relativize(entry));
        }
      }
    }
    return List.copyOf(found);
  }

  private static List<Path> entries(Path folder) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        entries.add(entry);
        if (entries.size() > MOST_VISITED) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      return List.of();
    }
    entries.sort(null);
    return entries;
  }

  private boolean isOpen(Path file) {
    return !isHidden(file, false) && staysInside(file);
  }

  private boolean isHidden(Path path, boolean folder) {
    String name = String.valueOf(path.getFileName());
    return (folder ? SecretNames.isFolder(name) : SecretNames.isFile(name))
        || isIgnored(path, folder);
  }

  /** The nearest file of rules that says anything decides. */
  private boolean isIgnored(Path path, boolean folder) {
    for (Path at = path.getParent(); at != null && at.startsWith(top); at = at.getParent()) {
      String relative = at.relativize(path).toString().replace('\\', '/');
      Optional<Boolean> ignores =
          rules.computeIfAbsent(at, WorkspaceFiles::rules).ignores(relative, folder);
      if (ignores.isPresent()) {
        return ignores.get();
      }
    }
    String relative = top.relativize(path).toString().replace('\\', '/');
    return rules
        .computeIfAbsent(top.resolve(".git/info"), _ -> read(top.resolve(".git/info/exclude")))
        .ignores(relative, folder)
        .orElse(false);
  }

  private static IgnoreRules rules(Path folder) {
    return read(folder.resolve(IGNORE));
  }

  private static IgnoreRules read(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST_RULES
          ? IgnoreRules.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
          : IgnoreRules.none();
    } catch (IOException _) {
      return IgnoreRules.none();
    }
  }

  private boolean staysInside(Path file) {
    try {
      Path real = file.toRealPath();
      Path realRoot = root.toRealPath();
      // A link within the workspace must not be a way around the rules either.
      return real.startsWith(realRoot)
          && (real.equals(realRoot.resolve(root.relativize(file)))
              || isReachable(realRoot.relativize(real)));
    } catch (IOException _) {
      return false;
    }
  }

  /** Whether no folder on the way, nor the file, is hidden. */
  private boolean isReachable(Path relative) {
    Path at = root;
    for (int i = 0; i < relative.getNameCount(); i++) {
      at = at.resolve(relative.getName(i));
      if (isHidden(at, i + 1 < relative.getNameCount())) {
        return false;
      }
    }
    return true;
  }

  /** The file that a model names, if it may read it. */
  Optional<Path> file(String name) {
    try {
      Path file = root.resolve(name).normalize();
      boolean fine =
          file.startsWith(root)
              && !file.equals(root)
              && isReachable(root.relativize(file))
              && Files.isRegularFile(file)
              && staysInside(file);
      return fine ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  /**
   * The start of a text file.
   *
   * @param most bytes
   * @return empty for a file that can't be read or is no UTF-8 text
   */
  static Optional<String> start(Path file, int most) {
    try (InputStream in = Files.newInputStream(file)) {
      return text(in.readNBytes(most));
    } catch (IOException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    // The last character may have been cut.
    for (int cut = 0; cut < 4 && cut <= bytes.length; cut++) {
      try {
        return Optional.of(
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut))
                .toString());
      } catch (CharacterCodingException _) {
        // tried once more without the last byte
      }
    }
    return Optional.empty();
  }
}
