package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.List;

/** What can be said in the shell. */
final class HelpText {
  private static final int NAMES = 12;

  private HelpText() {}

  static List<String> lines(Palette palette) {
    List<String> lines = new ArrayList<>();
    lines.add("Say what should happen; it becomes a draft, which nothing runs before you say so:");
    lines.add("  every weekday at 06:00 run ./a.sh then run ./b.sh, retry each step 3 times");
    lines.add("  add a step notify that runs ./notify.sh after b");
    lines.add("");
    for (Verb verb : Verb.values()) {
      lines.add("  " + name(palette, verb.text()) + verb.description());
    }
    lines.add("");
    lines.add(
        "  "
            + name(palette, "/COMMAND")
            + "any command, such as /run list; /help COMMAND explains it");
    lines.add("  " + name(palette, "!COMMAND") + "the system's shell");
    lines.add("  " + name(palette, "@FILE") + "brings a file in: a flow, or a request");
    lines.add("  " + name(palette, "&") + "at the end: run, workflow trigger go on by themselves");
    lines.add("A pasted flow in YAML or JSON becomes the draft; an empty line ends it.");
    lines.add(
        "Ctrl-C stops the model, or the run that is shown, which `run resume` takes up again;"
            + " Ctrl-D leaves.");
    return lines;
  }

  private static String name(Palette palette, String name) {
    return palette.paint(Tone.TITLE, name) + " ".repeat(Math.max(1, NAMES - name.length()));
  }
}
