package dev.mahavishnu.view.graph;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cells with lines and texts. Where lines of two nets meet, they cross. */
final class Canvas {
  private static final int LEFT = 1;
  private static final int RIGHT = 2;
  private static final int ABOVE = 4;
  private static final int BELOW = 8;
  private static final int CROSSING = 16;

  /** By the arms that a cell has: left 1, right 2, above 4, below 8. */
  private static final String LINES = " ───│┘└┴│┐┌┬│┤├┼";

  private static final String ASCII_LINES = " ---|+++|+++|+++";

  private final int width;
  private final Palette palette;
  private final int[] arms;
  private final int[] nets;
  private final @Nullable String[] texts;
  private final Tone[] tones;

  Canvas(int width, int height, Palette palette) {
    this.width = width;
    this.palette = palette;
    this.arms = new int[width * height];
    this.nets = new int[width * height];
    this.texts = new String[width * height];
    this.tones = new Tone[width * height];
    Arrays.fill(nets, -1);
    Arrays.fill(tones, Tone.QUIET);
  }

  /** A line to the right or downwards, both ends included; one of the two extents is 0. */
  void line(int net, int x, int y, int toX, int toY) {
    if (x == toX && y == toY) {
      return;
    }
    boolean level = y == toY;
    int back = level ? LEFT : ABOVE;
    int forth = level ? RIGHT : BELOW;
    int length = level ? toX - x : toY - y;
    for (int i = 0; i <= length; i++) {
      int at = level ? y * width + x + i : (y + i) * width + x;
      arm(at, net, (i > 0 ? back : 0) | (i < length ? forth : 0));
    }
  }

  private void arm(int at, int net, int arm) {
    if (nets[at] >= 0 && nets[at] != net) {
      arms[at] = CROSSING;
    } else if (arms[at] != CROSSING) {
      nets[at] = net;
      arms[at] |= arm;
    }
  }

  /** Gives a line that ends here an arm more. */
  void joint(int net, int x, int y, boolean right) {
    arm(y * width + x, net, right ? RIGHT : BELOW);
  }

  /** Gives a line that begins here an arm back. */
  void entry(int net, int x, int y, boolean left) {
    arm(y * width + x, net, left ? LEFT : ABOVE);
  }

  /** The tip of a line. */
  void tip(int x, int y, boolean right) {
    String sign = palette.unicode() ? (right ? "►" : "▼") : (right ? ">" : "v");
    set(x, y, Tone.QUIET, sign);
  }

  /** A text whose signs all have one cell. */
  void text(int x, int y, Label label) {
    int at = x;
    for (Label.Piece piece : label.pieces()) {
      for (int sign : piece.text().codePoints().toArray()) {
        set(at++, y, piece.tone(), Character.toString(sign));
      }
    }
  }

  private void set(int x, int y, Tone tone, String text) {
    texts[y * width + x] = text;
    tones[y * width + x] = tone;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < arms.length; from += width) {
      lines.add(line(from));
    }
    return lines;
  }

  private String line(int from) {
    StringBuilder out = new StringBuilder();
    StringBuilder run = new StringBuilder();
    int end = from + width;
    while (end > from && cell(end - 1).isBlank()) {
      end--;
    }
    for (int at = from; at < end; at++) {
      run.append(cell(at));
      if (at + 1 == end || tones[at + 1] != tones[at]) {
        out.append(run.toString().isBlank() ? run : palette.paint(tones[at], run.toString()));
        run.setLength(0);
      }
    }
    return out.toString();
  }

  private String cell(int at) {
    String text = texts[at];
    if (text != null) {
      return palette.unicode() ? text : text.replace('…', '~');
    }
    // The line along the lines of text is the one that is broken: a gap of one cell closes in the
    // eye.
    int arm = arms[at] == CROSSING ? ABOVE | BELOW : arms[at];
    return String.valueOf((palette.unicode() ? LINES : ASCII_LINES).charAt(arm));
  }
}
