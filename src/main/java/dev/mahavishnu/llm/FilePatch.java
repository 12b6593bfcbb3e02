package dev.mahavishnu.llm;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes a change of one file of the workspace from what a model wrote, or says what is wrong. */
final class FilePatch {
  private static final int LARGEST = 256 * 1024;
  private static final int MOST_PIECES = 20;

  private final Surroundings place;
  private final List<String> problems;

  /** The file, and its text before and after. */
  record Change(Path file, String before, String after) {}

  /**
   * @param problems gets what is wrong, a line each
   */
  FilePatch(Surroundings place, List<String> problems) {
    this.place = place;
    this.problems = problems;
  }

  Optional<Change> of(JsonNode patch) {
    String name = patch.path("file").asString("").strip();
    Optional<Path> file = file(name);
    Optional<String> before = file.flatMap(f -> text(f, name));
    if (before.isEmpty()) {
      return Optional.empty();
    }
    String after = replaced(before.get(), patch.path("replace"));
    if (problems.isEmpty() && after.equals(before.get())) {
      problems.add("the patch changes nothing");
    }
    return problems.isEmpty()
        ? Optional.of(new Change(file.get(), before.get(), after))
        : Optional.empty();
  }

  private Optional<Path> file(String name) {
    Path root = place.root().toAbsolutePath().normalize();
    Optional<Path> file = name.isEmpty() ? Optional.empty() : new WorkspaceFiles(root).file(name);
    if (file.isEmpty()) {
      problems.add("`" + name + "` is no file of the workspace that can be changed");
      return Optional.empty();
    }
    Path relative = root.relativize(file.get());
    String refusal = refusal(root, file.get(), relative);
    if (!refusal.isEmpty()) {
      problems.add("`" + name + "` " + refusal);
      return Optional.empty();
    }
    return file;
  }

  private String refusal(Path root, Path file, Path relative) {
    try {
      // What a link leads to is changed under its own name or not at all.
      if (!file.toRealPath().equals(root.toRealPath().resolve(relative))) {
        return "is behind a link";
      }
    } catch (IOException e) {
      return "can't be read";
    }
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return "is hidden";
      }
    }
    if (relative.startsWith("prompts") || relative.equals(Path.of("mahavishnu.yaml"))) {
      return "is not for a model to change";
    }
    return place.flows().stream().anyMatch(flow -> flow.file().normalize().equals(file))
        ? "is a flow: change it by edits"
        : "";
  }

  private Optional<String> text(Path file, String name) {
    try {
      if (Files.size(file) > LARGEST) {
        problems.add("`" + name + "` is larger than 256 KiB");
        return Optional.empty();
      }
      String text = Files.readString(file);
      if (text.indexOf('\0') < 0) {
        return Optional.of(text);
      }
      problems.add("`" + name + "` is no text");
    } catch (CharacterCodingException e) {
      problems.add("`" + name + "` is no text");
    } catch (IOException e) {
      problems.add("`" + name + "` can't be read");
    }
    return Optional.empty();
  }

  /** Each piece is looked for in the text as it was, so that none can change another's place. */
  private String replaced(String before, JsonNode replace) {
    record Piece(int start, int end, String with) {}
    List<Piece> pieces = new ArrayList<>();
    for (JsonNode item : replace) {
      String find = item.path("find").asString("");
      int start = find.isEmpty() ? -1 : before.indexOf(find);
      if (start < 0) {
        problems.add("`" + find + "` does not occur in the file");
      } else if (before.indexOf(find, start + 1) >= 0) {
        problems.add("`" + find + "` occurs more than once in the file: give more of its lines");
      } else {
        pieces.add(new Piece(start, start + find.length(), item.path("with").asString("")));
      }
    }
    if (replace.isEmpty() || replace.size() > MOST_PIECES) {
      problems.add("`replace` needs from 1 to " + MOST_PIECES + " pieces");
    }
    pieces.sort((a, b) -> Integer.compare(a.start(), b.start()));
    StringBuilder after = new StringBuilder();
    int from = 0;
    for (Piece piece : pieces) {
      if (piece.start() < from) {
        problems.add("two pieces of the patch overlap");
        return before;
      }
      after.append(before, from, piece.start()).append(piece.with());
      from = piece.end();
    }
    return after.append(before, from, before.length()).toString();
  }
}
