package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What can be said in the shell. */
final class HelpText {
  private static final int NAMES = 10;
  private static final int WIDTH = 78;

  private HelpText() {}

  /**
   * All there is, on one screen of 80 columns and 24 rows.
   *
   * @param commands their first words
   * @param debugging whether a run is debugged: then the debugger's words in place of examples
   */
  static List<String> overview(Palette palette, List<String> commands, boolean debugging) {
    List<String> lines = new ArrayList<>();
    if (debugging) {
      List<String> words = Arrays.stream(DebugVerb.values()).map(DebugVerb::text).toList();
      lines.addAll(row(palette, "debugger", words));
    } else {
      lines.add("Say what should happen. It becomes a draft; nothing runs before you say so:");
      lines.add(
          palette.paint(
              Tone.GOOD,
              "  every weekday at 06:00 run ./a.sh then run ./b.sh, retry each step 3 times"));
      lines.add(palette.paint(Tone.GOOD, "  add a step notify that runs ./notify.sh after b"));
    }
    lines.add("");
    lines.addAll(row(palette, "draft", verbs(Verb.Topic.DRAFT)));
    lines.addAll(row(palette, "runs", verbs(Verb.Topic.RUNS)));
    lines.addAll(row(palette, "shell", verbs(Verb.Topic.SHELL)));
    lines.addAll(
        row(palette, "scripts", Arrays.stream(Keyword.values()).map(Keyword::text).toList()));
    lines.addAll(row(palette, "commands", commands));
    lines.add("");
    lines.add(entry(palette, "!COMMAND", "the system's shell has the terminal"));
    lines.add(entry(palette, "@FILE", "brings a file in: a flow, or a request"));
    lines.add(entry(palette, "'''", "begins a text of many lines, and ends it"));
    lines.add(entry(palette, "&", "at the end of a run: it goes on by itself"));
    lines.add(
        entry(palette, "keys", "Tab completes, Right takes what is dimmed, Ctrl-R searches,"));
    lines.add(
        entry(palette, "", "Ctrl-X Ctrl-E edits the line, Ctrl-C stops a run, Ctrl-D leaves"));
    lines.add("");
    lines.add("A pasted flow in YAML or JSON becomes the draft; an empty line ends it.");
    lines.add("More about a word, with examples: help save, help run list");
    return lines;
  }

  /** A verb, with examples; empty: there is none of this name. */
  static List<String> about(Palette palette, String word) {
    List<String> lines = new ArrayList<>();
    Verb.of(word)
        .ifPresent(
            verb -> {
              lines.add(palette.paint(Tone.TITLE, verb.text()) + ": " + verb.description());
              lines.add("");
              lines.add("Examples:");
              verb.examples().forEach(example -> lines.add("  " + example));
            });
    DebugVerb.of(word)
        .ifPresent(
            verb ->
                lines.add(
                    palette.paint(Tone.TITLE, verb.text())
                        + ", while a run is debugged: "
                        + verb.description()));
    return lines;
  }

  private static List<String> verbs(Verb.Topic topic) {
    return Arrays.stream(Verb.values()).filter(v -> v.topic() == topic).map(Verb::text).toList();
  }

  private static String entry(Palette palette, String name, String what) {
    return palette.paint(Tone.TITLE, name) + " ".repeat(NAMES - name.length()) + what;
  }

  /** Words side by side, in as many lines as they take. */
  private static List<String> row(Palette palette, String name, List<String> words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (line.length() + word.length() > WIDTH - NAMES) {
        lines.add(entry(palette, lines.isEmpty() ? name : "", line.toString().stripTrailing()));
        line.setLength(0);
      }
      line.append(word).append("  ");
    }
    lines.add(entry(palette, lines.isEmpty() ? name : "", line.toString().stripTrailing()));
    return lines;
  }
}
