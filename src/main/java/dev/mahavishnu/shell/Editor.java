package dev.mahavishnu.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The person's editor.
 *
 * @param program as {@code $VISUAL} or {@code $EDITOR} says it, with its options
 */
record Editor(String program) {
  static Editor of(Map<String, String> variables) {
    return new Editor(
        Optional.ofNullable(variables.get("VISUAL"))
            .or(() -> Optional.ofNullable(variables.get("EDITOR")))
            .filter(text -> !text.isBlank())
            .orElse("vi"));
  }

  /** What opens a file in it. */
  List<String> command(Path file) {
    return List.of("/bin/sh", "-c", program + " \"$1\"", "sh", file.toString());
  }
}
