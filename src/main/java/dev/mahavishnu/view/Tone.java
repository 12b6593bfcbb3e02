package dev.mahavishnu.view;

/** What a piece of text means to who looks at it; a {@link Palette} turns it into a colour. */
public enum Tone {
  PLAIN(""),
  TITLE("1"),
  QUIET("2"),
  GOOD("32"),
  BAD("31"),
  WARN("33"),
  ACTIVE("36");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
