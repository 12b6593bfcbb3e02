package dev.mahavishnu.view;

import java.util.ArrayList;
import java.util.List;

/** One line of a screen: pieces of text with their tones. Text that comes in is cleaned. */
final class Line {
  private record Piece(Tone tone, String text) {}

  private final List<Piece> pieces = new ArrayList<>();

  Line add(String text) {
    return add(Tone.PLAIN, text);
  }

  Line add(Tone tone, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(tone, Cells.clean(text)));
    }
    return this;
  }

  /** Adds the text, padded to {@code width} cells. */
  Line add(Tone tone, String text, int width) {
    String clean = Cells.fit(Cells.clean(text), width);
    add(tone, clean);
    return add(" ".repeat(Math.max(0, width - Cells.width(clean))));
  }

  /** Adds another line's pieces. */
  Line add(Line other) {
    pieces.addAll(other.pieces);
    return this;
  }

  /** The line as written to a screen of {@code width} cells; blanks at its end are dropped. */
  String render(Palette palette, int width) {
    StringBuilder out = new StringBuilder();
    StringBuilder blanks = new StringBuilder();
    int room = width;
    for (Piece piece : pieces) {
      String text = ascii(Cells.fit(piece.text(), room), palette);
      room -= Cells.width(piece.text());
      String body = text.stripTrailing();
      if (!body.isEmpty()) {
        out.append(blanks).append(palette.paint(piece.tone(), body));
        blanks.setLength(0);
      }
      blanks.append(text, body.length(), text.length());
      if (room <= 0) {
        break;
      }
    }
    return out.toString();
  }

  /** The line without bounds. */
  String render(Palette palette) {
    return render(palette, Integer.MAX_VALUE / 2);
  }

  private static String ascii(String text, Palette palette) {
    return palette.unicode() ? text : text.replace('…', '~');
  }
}
