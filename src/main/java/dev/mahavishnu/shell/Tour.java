package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.List;

/** What somebody reads who is here for the first time: six lines, at most 78 columns wide. */
final class Tour {
  private Tour() {}

  static List<String> lines(Palette palette) {
    String run = palette.paint(Tone.TITLE, "run");
    String help = palette.paint(Tone.TITLE, "help");
    return List.of(
        "Say what should happen; nothing runs before you say " + run + ". For example:",
        "  " + palette.paint(Tone.GOOD, "run \"echo hello\" as hello then run \"sleep 2\" as rest"),
        "That is a draft: change it in words, then " + run + " it, save it, or undo.",
        "Commands are words too: run list, workflow show NAME. !ls asks the system.",
        "Tab completes, Right takes what is dimmed, Ctrl-R finds, Ctrl-C ends a run.",
        help + " lists the rest, help WORD gives examples; Ctrl-D leaves.");
  }
}
