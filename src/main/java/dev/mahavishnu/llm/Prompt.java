package dev.mahavishnu.llm;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One prompt: a text with places for inputs, and what it is for.
 *
 * @param file as problems name it
 * @param about the front matter
 * @param text what follows it
 * @param firstLine number of the text's first line in the file
 */
record Prompt(String file, About about, String text, int firstLine) {
  private static final String FENCE = "---";

  /** {@code {{name}}}, but not <code>${{ expression }}</code>. */
  private static final Pattern PLACE = Pattern.compile("(?<!\\$)\\{\\{([^{}\\n]*)\\}\\}");

  /**
   * The front matter.
   *
   * @param purpose what the prompt is for
   * @param version counts up with each change
   * @param inputs names that may stand in the text
   * @param schema what the answer must be: {@code reply}, {@code text}, or the name of a schema
   */
  record About(String purpose, int version, List<String> inputs, String schema) {
    About {
      inputs = List.copyOf(inputs);
    }
  }

  private static final class Yaml {
    static final YAMLMapper MAPPER =
        YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
  }

  /**
   * Reads a prompt.
   *
   * @throws PromptException when its front matter can't be used or its text names no input
   */
  static Prompt of(String file, String source) {
    String text = source.replace("\r\n", "\n");
    int end = text.indexOf("\n" + FENCE + "\n", FENCE.length());
    if (!text.startsWith(FENCE + "\n") || end < 0) {
      throw new PromptException(
          file + ":1: a prompt starts with front matter between two lines of " + FENCE);
    }
    String head = text.substring(FENCE.length() + 1, Math.max(FENCE.length() + 1, end));
    int after = end + FENCE.length() + 2;
    Prompt prompt = new Prompt(file, about(file, head), text.substring(after), line(text, after));
    prompt.check();
    return prompt;
  }

  private static About about(String file, String head) {
    try {
      return Yaml.MAPPER.readValue(head, About.class);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new PromptException(
          file
              + ":"
              + (line + 1)
              + ": the front matter needs purpose, version, inputs and schema, and nothing else: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
  }

  private static int line(String text, int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private void check() {
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      if (!about.inputs().contains(place.group(1))) {
        throw new PromptException(
            at(place.start())
                + "unknown input `"
                + place.group(1)
                + "`; the front matter lists "
                + (about.inputs().isEmpty() ? "no input" : String.join(", ", about.inputs())));
      }
    }
  }

  private String at(int offset) {
    return file + ":" + (firstLine + line(text, offset) - 1) + ": ";
  }

  /**
   * The text with its inputs in place. What an input holds is never read as a place.
   *
   * @throws PromptException when the text has a place for an input that is not there
   */
  String with(Map<String, String> inputs) {
    Matcher place = PLACE.matcher(text);
    StringBuilder filled = new StringBuilder();
    int from = 0;
    while (place.find()) {
      String value = inputs.get(place.group(1));
      if (value == null) {
        throw new PromptException(
            at(place.start()) + "nothing gives the input `" + place.group(1) + "` here");
      }
      filled.append(text, from, place.start()).append(value);
      from = place.end();
    }
    return filled.append(text, from, text.length()).toString().strip();
  }
}
