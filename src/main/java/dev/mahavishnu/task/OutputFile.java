package dev.mahavishnu.task;

import dev.mahavishnu.engine.TaskException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file in which a program leaves its output as JSON. */
final class OutputFile {
  /** Largest output of a task, in bytes of JSON. */
  static final int LARGEST = 16 * 1024 * 1024;

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private OutputFile() {}

  /**
   * Reads the file; empty when the program made none.
   *
   * @param name of the file in messages
   * @throws TaskException when it is too large or not JSON, with line and column
   */
  static Optional<JsonNode> read(Path file, String name) throws TaskException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      throw new TaskException(name + " is not a regular file", true);
    }
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      throw new TaskException(name + " can't be read: " + e.getMessage(), true);
    }
    if (content.length > LARGEST) {
      throw new TaskException(
          name + " is larger than " + LARGEST / (1024 * 1024) + " MiB; output the name of a file",
          true);
    }
    return Optional.of(parse(content, name));
  }

  /** Parses JSON that a program made. */
  static JsonNode parse(byte[] content, String name) throws TaskException {
    try {
      JsonNode value = STRICT.readTree(content);
      if (value.isMissingNode()) {
        throw new TaskException(name + " is empty, not JSON", true);
      }
      return value;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String place = at == null ? "" : " at " + at.getLineNr() + ":" + at.getColumnNr();
      throw new TaskException(
          name + " is not JSON" + place + ": " + reason(e.getOriginalMessage()), true);
    }
  }

  /** Without what Jackson adds about places in its own words. */
  private static String reason(String text) {
    return text.lines().findFirst().orElse("").replaceFirst(" \\(start marker at .*", "");
  }
}
