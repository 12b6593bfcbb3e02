package dev.mahavishnu.view;

/**
 * What the screen can show.
 *
 * @param color whether to write colours
 * @param unicode whether signs beyond ASCII come out right
 */
public record Palette(boolean color, boolean unicode) {
  /** Neither colours nor signs: for logs and for the simplest terminals. */
  public static final Palette ASCII = new Palette(false, false);

  /** The text in the colour of its tone, or as it is. */
  public String paint(Tone tone, String text) {
    return color && tone != Tone.PLAIN && !text.isEmpty()
        ? "\u001b[" + tone.code() + "m" + text + "\u001b[0m"
        : text;
  }

  /** One of two spellings of the same sign. */
  String sign(String wide, String ascii) {
    return unicode ? wide : ascii;
  }
}
