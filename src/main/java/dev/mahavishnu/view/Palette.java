package dev.mahavishnu.view;

/**
 * What the screen can show.
 *
 * @param color whether to write colours
 * @param unicode whether signs beyond ASCII come out right
 * @param theme which colours
 */
public record Palette(boolean color, boolean unicode, Theme theme) {
  /** Neither colours nor signs: for logs and for the simplest terminals. */
  public static final Palette ASCII = new Palette(false, false);

  /** With the colours for a dark background. */
  public Palette(boolean color, boolean unicode) {
    this(color, unicode, Theme.DARK);
  }

  /** The text in the colour of its tone, or as it is. */
  public String paint(Tone tone, String text) {
    String code = color ? tone.code(theme) : "";
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** One of two spellings of the same sign. */
  String sign(String wide, String ascii) {
    return unicode ? wide : ascii;
  }
}
