package dev.mahavishnu.view.graph;

import dev.mahavishnu.view.Tone;

/**
 * The colours of a box on a light ground.
 *
 * @param fill as {@code #rrggbb}; black text is readable on it
 */
record Colour(String fill, String line) {
  static Colour of(Tone tone) {
    return switch (tone) {
      case GOOD -> new Colour("#dafbe1", "#1a7f37");
      case BAD -> new Colour("#ffebe9", "#cf222e");
      case WARN -> new Colour("#fff8c5", "#9a6700");
      case ACTIVE -> new Colour("#ddf4ff", "#0969da");
      case PLAIN, TITLE, QUIET, EXPRESSION -> new Colour("#f6f8fa", "#848d97");
    };
  }
}
