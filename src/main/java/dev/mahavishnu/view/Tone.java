package dev.mahavishnu.view;

/** What a piece of text means to who looks at it; a {@link Palette} turns it into a colour. */
public enum Tone {
  PLAIN(""),
  TITLE("1"),
  QUIET("2"),
  GOOD("32", "32", ""),
  BAD("31", "31", "1"),
  WARN("33", "35", "4"),
  ACTIVE("36", "34", ""),
  EXPRESSION("35", "35", "4");

  private final String dark;
  private final String light;
  private final String mono;

  /** The same in every theme. */
  Tone(String code) {
    this(code, code, code);
  }

  /**
   * @param mono without a colour: bold, dim, underlined, or as it is
   */
  Tone(String dark, String light, String mono) {
    this.dark = dark;
    this.light = light;
    this.mono = mono;
  }

  /** What a terminal is told; empty: nothing. */
  String code(Theme theme) {
    return switch (theme) {
      case DARK -> dark;
      case LIGHT -> light;
      case MONO -> mono;
    };
  }
}
