package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.List;

/** What somebody reads who is here for the first time. */
final class Tour {
  private Tour() {}

  static List<String> lines(Palette palette) {
    return List.of(
        "Say what should happen. Nothing runs before you say "
            + b(palette, "run")
            + ". For example:",
        "  " + palette.paint(Tone.GOOD, "run \"echo hello\" as hello then run \"sleep 2\" as rest"),
        "See the draft, change it in words, then "
            + b(palette, "run")
            + " it or "
            + b(palette, "save")
            + " it. "
            + b(palette, "help")
            + " lists the rest, Tab completes, Ctrl-D leaves.");
  }

  private static String b(Palette palette, String word) {
    return palette.paint(Tone.TITLE, word);
  }
}
