package dev.mahavishnu.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that a text brings in: {@code @flows/x.yaml}, or {@code @"my flow.yaml"}.
 *
 * @param path as written, without quotes
 * @param start offset of the {@code @}
 * @param end offset after the last character
 */
public record Mention(String path, int start, int end) {
  private static final Pattern FORM =
      Pattern.compile("(?<![^\\s(\\[,;:])@(?:\"([^\"\\n]+)\"|([A-Za-z0-9_./~-]*[A-Za-z0-9_/~-]))");

  /** The mentions in a text, in order; an {@code @} within a word, as in an address, is none. */
  public static List<Mention> in(String text) {
    List<Mention> mentions = new ArrayList<>();
    Matcher matcher = FORM.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(1);
      String path = quoted == null ? matcher.group(2) : quoted;
      mentions.add(new Mention(path, matcher.start(), matcher.end()));
    }
    return List.copyOf(mentions);
  }
}
