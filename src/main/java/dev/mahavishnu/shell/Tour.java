package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.List;

/** What somebody reads who is here for the first time. */
final class Tour {
  private Tour() {}

  static List<String> lines(Palette palette) {
    return List.of(
        "Say what should happen; nothing runs before you say "
            + b(palette, "run")
            + ". For example:",
        "  " + palette.paint(Tone.GOOD, "run \"echo hello\" as hello then run \"sleep 2\" as rest"),
        "Change the draft in words, then "
            + b(palette, "run")
            + " it or "
            + b(palette, "save")
            + " it. Tab completes;",
        b(palette, "help") + " lists what else can be said; Ctrl-D leaves.");
  }

  private static String b(Palette palette, String word) {
    return palette.paint(Tone.TITLE, word);
  }
}
