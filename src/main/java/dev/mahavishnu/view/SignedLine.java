package dev.mahavishnu.view;

/** A line of what is to change somewhere: what comes, what goes, and what changes. */
public final class SignedLine {
  private SignedLine() {}

  /**
   * @param text cleaned here
   */
  public static String comes(String text, Palette palette, int width) {
    return line(Tone.GOOD, "+ " + text, palette, width);
  }

  public static String goes(String text, Palette palette, int width) {
    return line(Tone.BAD, "- " + text, palette, width);
  }

  public static String changes(String text, Palette palette, int width) {
    return line(Tone.WARN, "~ " + text, palette, width);
  }

  private static String line(Tone tone, String text, Palette palette, int width) {
    return new Line().add(tone, text).render(palette, width);
  }
}
