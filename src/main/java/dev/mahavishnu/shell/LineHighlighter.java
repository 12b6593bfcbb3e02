package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.WCWidth;

/** Colours the line that is being typed by what it means. For one thread at a time. */
final class LineHighlighter extends DefaultHighlighter {
  private final Supplier<Commands> commands;
  private final Map<Tone, AttributedStyle> styles = new EnumMap<>(Tone.class);
  private boolean resting;

  // The line is painted again for each frame of the tree under it.
  private String last = "";
  private AttributedString shown = AttributedString.EMPTY;

  /**
   * @param palette one that writes colours
   */
  LineHighlighter(Palette palette, Supplier<Commands> commands) {
    this.commands = commands;
    for (Tone tone : Tone.values()) {
      styles.put(tone, style(palette, tone));
    }
  }

  /** How a tone looks on the line. */
  static AttributedStyle style(Palette palette, Tone tone) {
    return AttributedString.fromAnsi(palette.paint(tone, "x")).styleAt(0);
  }

  /** Leaves what is typed as it is, while it is no statement. */
  void rest(boolean on) {
    resting = on;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    String search = reader.getSearchTerm();
    boolean marked =
        (search != null && !search.isEmpty())
            || reader.getRegionActive() != LineReader.RegionType.NONE;
    if (resting || marked) {
      return super.highlight(reader, buffer);
    }
    if (!buffer.equals(last)) {
      shown = painted(buffer);
      last = buffer;
    }
    return shown;
  }

  private AttributedString painted(String text) {
    Highlighting highlighting = Highlighting.of(text, commands.get());
    AttributedStringBuilder line = new AttributedStringBuilder();
    int width;
    for (int i = 0; i < text.length(); i += width) {
      int c = text.codePointAt(i);
      width = Character.charCount(c);
      line.style(styles.getOrDefault(highlighting.at(i), AttributedStyle.DEFAULT));
      if (c < ' ' && c != '\t' && c != '\n') {
        // Shown, and not sent to the terminal.
        line.style(AttributedStyle::inverse).append('^').append((char) (c + '@'));
      } else if (c == '\t' || c == '\n' || WCWidth.wcwidth(c) >= 0) {
        line.append(text, i, i + width);
      }
    }
    return line.toAttributedString();
  }
}
