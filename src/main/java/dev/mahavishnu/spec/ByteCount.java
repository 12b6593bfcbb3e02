package dev.mahavishnu.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as specs write them: {@code 10MB} is 10,000,000 bytes, {@code 1MiB} is 1,048,576. */
final class ByteCount {
  static final String PATTERN = "^([0-9]{1,9})(B|KB|MB|GB|KiB|MiB|GiB)$";
  private static final Pattern FORM = Pattern.compile(PATTERN);

  private ByteCount() {}

  static boolean isByteCount(String text) {
    return FORM.matcher(text).matches();
  }

  /** The number of bytes; the text must be a byte count. */
  static long parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("not a number of bytes: " + text);
    }
    return Long.parseLong(match.group(1)) * unit(match.group(2));
  }

  /**
   * The shortest text with a unit that says exactly this; digits alone, which is no byte count,
   * where none does.
   */
  static String print(long bytes) {
    for (String unit : new String[] {"GB", "GiB", "MB", "MiB", "KB", "KiB"}) {
      if (bytes > 0 && bytes % unit(unit) == 0) {
        return bytes / unit(unit) + unit;
      }
    }
    return String.valueOf(bytes);
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "KB" -> 1_000L;
      case "MB" -> 1_000_000L;
      case "GB" -> 1_000_000_000L;
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> 1;
    };
  }
}
