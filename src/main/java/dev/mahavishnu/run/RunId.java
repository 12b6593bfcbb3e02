package dev.mahavishnu.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Name of a flow run: {@code 261123-213045-k7qd}, the time of its creation (UTC) and four letters.
 */
public record RunId(String text) implements Comparable<RunId> {
  private static final Pattern FORM = Pattern.compile("[0-9]{6}-[0-9]{6}-[a-z2-7]{4}");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  public RunId {
    if (!isRunId(text)) {
      throw new IllegalArgumentException("not a run id: " + text);
    }
  }

  public static boolean isRunId(String text) {
    return FORM.matcher(text).matches();
  }

  /** A new id; {@code random} brings 20 bits. */
  public static RunId at(Instant time, int random) {
    StringBuilder text = new StringBuilder(TIME.format(time)).append('-');
    for (int i = 0; i < 4; i++) {
      text.append(LETTERS.charAt((random >>> (5 * i)) & 31));
    }
    return new RunId(text.toString());
  }

  @Override
  public int compareTo(RunId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
