package dev.mahavishnu.llm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finds the one JSON object in what a model said, or says why there is none. */
final class OneObject {
  /** Longest reply, in characters. */
  static final int LONGEST = 400_000;

  /** Deepest nesting. */
  static final int DEEPEST = 60;

  private static final String FENCE = "```";
  private static final Pattern THOUGHTS = Pattern.compile("(?s)\\A\\s*<think>.*?</think>");
  private static final Pattern FENCES = Pattern.compile(FENCE);

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(LONGEST)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .build();

  private OneObject() {}

  /**
   * The object. Prose and one code fence may stand around it; a second object, or an object that is
   * not closed, makes the whole reply unreadable.
   */
  static ObjectNode in(String reply) throws UnreadableReply {
    if (reply.length() > LONGEST) {
      throw new UnreadableReply("the answer is longer than " + LONGEST + " characters");
    }
    String text = THOUGHTS.matcher(reply).replaceFirst("");
    int start = text.indexOf('{');
    if (start < 0) {
      throw new UnreadableReply("there is no JSON object in the answer");
    }
    String from = text.substring(start);
    try (JsonParser parser = MAPPER.createParser(from)) {
      JsonNode node = parser.readValueAsTree();
      int end = (int) parser.currentLocation().getCharOffset();
      around(text.substring(0, start), from.substring(end));
      return (ObjectNode) node;
    } catch (JacksonException e) {
      throw new UnreadableReply("the answer is not one whole JSON object: " + why(e));
    }
  }

  private static String why(JacksonException e) {
    String message = e.getOriginalMessage().lines().findFirst().orElse("");
    return e.getLocation() == null
        ? message
        : message + " (line " + e.getLocation().getLineNr() + " of it)";
  }

  private static void around(String before, String after) throws UnreadableReply {
    if (after.indexOf('{') >= 0 || after.indexOf('}') >= 0 || before.indexOf('}') >= 0) {
      throw new UnreadableReply("there is more than one JSON object in the answer");
    }
    boolean inFence = count(before) % 2 == 1;
    if (inFence ? !after.stripLeading().startsWith(FENCE) : count(after) > 0) {
      throw new UnreadableReply("the code fence in the answer is not closed after its JSON object");
    }
  }

  private static long count(String text) {
    Matcher fences = FENCES.matcher(text);
    return fences.results().count();
  }
}
