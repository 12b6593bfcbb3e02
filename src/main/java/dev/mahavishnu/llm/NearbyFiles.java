package dev.mahavishnu.llm;

import dev.mahavishnu.run.Evidence;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files of a workspace that may have to do with a failure: all names, and some texts. */
final class NearbyFiles {
  private static final int MOST_NAMES = 200;
  private static final int MOST_TEXTS = 4;
  private static final int LONGEST_TEXT = 16 * 1024;
  private static final Pattern NAME = Pattern.compile("[\\w./~-]*\\w\\.\\w{1,8}");

  private final Path root;
  private final Evidence evidence;
  private final WorkspaceFiles files;

  NearbyFiles(Path root, Evidence evidence) {
    this.root = root.toAbsolutePath().normalize();
    this.evidence = evidence;
    this.files = new WorkspaceFiles(this.root);
  }

  /** Quoted, not redacted yet. */
  String text() {
    String names =
        files.list(MOST_NAMES).stream().map(Path::toString).collect(Collectors.joining("\n"));
    StringBuilder text = new StringBuilder(Quote.data("files of the workspace", names));
    for (Path file : named()) {
      WorkspaceFiles.start(file, LONGEST_TEXT)
          .ifPresent(
              start ->
                  text.append("\n\n").append(Quote.data("file " + root.relativize(file), start)));
    }
    return text.toString();
  }

  /** Files that a failed task's fields, messages or last lines name. */
  private Set<Path> named() {
    Set<Path> found = new LinkedHashSet<>();
    for (Evidence.Failure failure : evidence.failures()) {
      failure.definition().forEach(field -> add(found, field.text()));
      add(found, failure.state().message());
      List<Evidence.Numbered> log = failure.log();
      log.reversed().forEach(line -> add(found, line.text()));
    }
    return found;
  }

  private void add(Set<Path> found, String text) {
    Matcher names = NAME.matcher(text);
    while (names.find() && found.size() < MOST_TEXTS) {
      Optional<Path> folder = Optional.of(Path.of(evidence.folder()));
      String name = names.group();
      folder
          .flatMap(f -> files.file(f.resolve(name).toString()))
          .or(() -> files.file(name))
          .ifPresent(found::add);
    }
  }
}
