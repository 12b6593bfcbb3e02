package dev.mahavishnu.view.graph;

import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.List;

/** One line of text in several tones. */
final class Label {
  record Piece(Tone tone, String text) {}

  private final List<Piece> pieces = new ArrayList<>();

  /** Adds a text; what could move the cursor is taken out of it. */
  Label add(Tone tone, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(tone, Cells.clean(text)));
    }
    return this;
  }

  List<Piece> pieces() {
    return pieces;
  }

  int width() {
    return pieces.stream().mapToInt(p -> Cells.width(p.text())).sum();
  }

  /** The label in its colours, cut to a width; blanks at its end are dropped. */
  String render(Palette palette, int width) {
    StringBuilder out = new StringBuilder();
    int room = width;
    for (int i = 0; i < pieces.size() && room > 0; i++) {
      Piece piece = pieces.get(i);
      String text = Cells.fit(piece.text(), room);
      room -= Cells.width(text);
      String shown = i + 1 == pieces.size() ? text.stripTrailing() : text;
      out.append(palette.paint(piece.tone(), palette.unicode() ? shown : shown.replace('…', '~')));
    }
    return out.toString();
  }
}
