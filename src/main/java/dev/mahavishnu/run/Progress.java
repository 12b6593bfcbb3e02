package dev.mahavishnu.run;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a task says it is. Each report is a line of the run's log, of the stream {@link #STREAM}:
 * there other processes can read it while the run goes on, it is redacted and bounded as all lines
 * are, and the journal, which each task waits for, stays free of it.
 *
 * @param share from 0 to 1
 * @param figure as it was said: {@code 40%}, {@code 3/10}
 * @param words what was said with it, at most {@value #MOST_WORDS} characters; may be empty
 */
public record Progress(double share, String figure, String words) {
  /** Of the lines of a log that are reports. */
  public static final String STREAM = "progress";

  private static final int MOST_WORDS = 200;

  private static final Pattern PERCENT =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*%(?:\\s+(.*))?");

  private static final Pattern PARTS =
      Pattern.compile("(\\d{1,15})\\s*/\\s*(\\d{1,15})(?:\\s+(.*))?");

  /**
   * Reads {@code 40%} or {@code 3/10}, with or without words after it; empty for what is neither,
   * and for more than all of it.
   */
  public static Optional<Progress> parse(String text) {
    String report = text.strip();
    Matcher percent = PERCENT.matcher(report);
    if (percent.matches()) {
      double part = Double.parseDouble(percent.group(1));
      return of(part, 100, percent.group(1) + "%", percent.group(2));
    }
    Matcher parts = PARTS.matcher(report);
    if (parts.matches()) {
      long part = Long.parseLong(parts.group(1));
      long all = Long.parseLong(parts.group(2));
      return of((double) part, (double) all, part + "/" + all, parts.group(3));
    }
    return Optional.empty();
  }

  private static Optional<Progress> of(
      double part, double all, String figure, @Nullable String said) {
    if (all <= 0 || part > all) {
      return Optional.empty();
    }
    String words = said == null ? "" : said.strip();
    String kept = words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS - 1) + "…";
    return Optional.of(new Progress(part / all, figure, kept));
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return words.isEmpty() ? figure : figure + " " + words;
  }

  /** In whole percent, rounded down. */
  public String percent() {
    return String.format(Locale.ROOT, "%d%%", (int) Math.floor(100 * share));
  }
}
