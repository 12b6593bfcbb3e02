package dev.mahavishnu.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Our lexer, as the line reader asks for it: whether a line is whole, and which word is typed. */
final class PromptParser implements Parser {
  private volatile boolean answering;

  /** While an answer is typed, every line is whole. */
  void answering(boolean on) {
    answering = on;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean asks = context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT;
    if (asks && !answering) {
      Gathering.Open open = Statements.open(line);
      if (open != Gathering.Open.NOTHING) {
        throw new EOFError(-1, -1, "more must come", missing(open, line));
      }
    }
    return typed(line, cursor);
  }

  private static String missing(Gathering.Open open, String line) {
    return switch (open) {
      case QUOTE -> Quotes.opensBlock(line) ? "'''" : "quote";
      case JSON -> "bracket";
      case FENCE -> "```";
      case YAML -> "empty line ends";
      case BLOCK -> "end";
      case JOINED, NOTHING -> "";
    };
  }

  /** The last line up to the cursor, in words; one that is just begun is empty. */
  static Typed typed(String line, int cursor) {
    String head = line.substring(0, Math.clamp(cursor, 0, line.length()));
    int from = head.lastIndexOf('\n') + 1;
    List<Words.Word> words =
        switch (Words.split(head.substring(from))) {
          case Words.Whole whole -> whole.words();
          case Words.Unclosed unclosed -> unclosed.words();
        };
    int end = head.length() - from;
    boolean begun = !words.isEmpty() && words.getLast().end() == end;
    Words.Word word = begun ? words.getLast() : new Words.Word("", end, end, ' ');
    List<String> before =
        words.subList(0, words.size() - (begun ? 1 : 0)).stream().map(Words.Word::text).toList();
    return new Typed(line, cursor, before, word);
  }

  /**
   * What is typed.
   *
   * @param before the words before the one at the cursor
   * @param word up to the cursor
   */
  record Typed(String line, int cursor, List<String> before, Words.Word begun)
      implements CompletingParsedLine {

    @Override
    public String word() {
      return begun.text();
    }

    @Override
    public int wordCursor() {
      return begun.text().length();
    }

    @Override
    public int wordIndex() {
      return before.size();
    }

    @Override
    public List<String> words() {
      return java.util.stream.Stream.concat(before.stream(), java.util.stream.Stream.of(word()))
          .toList();
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      String text = candidate.toString();
      if (begun.quote() != ' ') {
        return begun.quote() + text + (complete ? begun.quote() : "");
      }
      return text.chars().anyMatch(Character::isWhitespace) ? text.replace(" ", "\\ ") : text;
    }

    @Override
    public int rawWordCursor() {
      return begun.end() - begun.start();
    }

    @Override
    public int rawWordLength() {
      return begun.end() - begun.start();
    }
  }
}
