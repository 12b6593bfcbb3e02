package dev.mahavishnu.view;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** The difference between two texts of a file, with a few lines around each change. */
public final class PatchView {
  private static final int AROUND = 3;
  private static final int HEAD = 2;

  private PatchView() {}

  /**
   * A unified diff; none where the texts are the same line by line.
   *
   * @param name of the file
   * @param width cells of a line
   */
  public static List<String> lines(
      String name, String before, String after, Palette palette, int width) {
    List<String> old = before.lines().toList();
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            name, name, old, DiffUtils.diff(old, after.lines().toList()), AROUND);
    List<String> lines = new ArrayList<>();
    for (String line : diff) {
      // A text's own lines may look like the head.
      Tone tone = lines.size() < HEAD ? Tone.QUIET : tone(line);
      lines.add(new Line().add(tone, line).render(palette, width));
    }
    return lines;
  }

  private static Tone tone(String line) {
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> Tone.GOOD;
      case '-' -> Tone.BAD;
      case '@' -> Tone.QUIET;
      default -> Tone.PLAIN;
    };
  }
}
