package dev.mahavishnu.view;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as the cells of a terminal show it. */
public final class Cells {
  /** Escape sequences whole, so that no rest of one is left standing as text. */
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\u001b\\[[0-?]*[ -/]*[@-~]?"
              + "|\u001b[\\]PX^_](?:[^\u0007\u001b\u009c]|\u001b(?!\\\\))*(?:\u0007|\u001b\\\\|\u009c)?|\u001b["
              + " -/]*[0-~]?|\u009b[0-?]*[ -/]*[@-~]?");

  /** First and last of each range of code points that take two cells. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0,
    0x23F3, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F,
    0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5,
    0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5,
    0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728,
    0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
    0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55,
    0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3,
    0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6,
    0x16FE0, 0x1B2FF, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A,
    0x1F1E6, 0x1F265, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F7E0, 0x1F7F0, 0x1F900, 0x1F9FF,
    0x1FA70, 0x1FAFF, 0x20000, 0x3FFFD,
  };

  private Cells() {}

  /**
   * The text as one line that can't move the cursor, change colours or turn the reading direction:
   * escape sequences and format controls are dropped, line ends and tabs become blanks.
   */
  public static String clean(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    SEQUENCE.matcher(text).replaceAll("").codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029) {
      out.append(' ');
    } else if (!Character.isISOControl(c) && !turnsDirection(c) && !isLoneSurrogate(c)) {
      out.appendCodePoint(c);
    }
  }

  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C;
  }

  private static boolean isLoneSurrogate(int c) {
    return c >= 0xD800 && c <= 0xDFFF;
  }

  /** Number of cells that a {@link #clean} text takes. */
  public static int width(String text) {
    if (isPlain(text)) {
      return text.length();
    }
    int width = 0;
    BreakIterator clusters = clusters(text);
    int from = clusters.first();
    for (int to = clusters.next(); to != BreakIterator.DONE; from = to, to = clusters.next()) {
      width += clusterWidth(text, from, to);
    }
    return width;
  }

  /** The text cut to {@code width} cells, the last of them an ellipsis where it was cut. */
  public static String fit(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int room = width - 1;
    int used = 0;
    BreakIterator clusters = clusters(text);
    int from = clusters.first();
    for (int to = clusters.next(); to != BreakIterator.DONE; from = to, to = clusters.next()) {
      used += clusterWidth(text, from, to);
      if (used > room) {
        break;
      }
    }
    return width <= 0 ? "" : text.substring(0, from) + "…";
  }

  /** The text with blanks behind it up to {@code width} cells. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text with blanks before it up to {@code width} cells. */
  public static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  private static BreakIterator clusters(String text) {
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    return clusters;
  }

  private static int clusterWidth(String text, int from, int to) {
    int first = text.codePointAt(from);
    boolean shownAsEmoji =
        text.indexOf('\uFE0F', from) >= from && text.indexOf('\uFE0F', from) < to;
    return isWide(first) || (shownAsEmoji && first > 0xFF) ? 2 : isBare(first) ? 0 : 1;
  }

  private static boolean isBare(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT
        || type == Character.CONTROL;
  }

  private static boolean isWide(int c) {
    for (int i = 0; i < WIDE.length && WIDE[i] <= c; i += 2) {
      if (c <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
