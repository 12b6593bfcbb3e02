package dev.mahavishnu.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line, cut into words. Quotes and a JSON value count where a word starts or after its
 * first {@code =}; within a word they are letters, so that {@code --param k={"a": 1}} is what it
 * looks like.
 */
sealed interface Words {

  /** The words, without their quotes. */
  record Whole(List<Word> words) implements Words {
    public Whole {
      words = List.copyOf(words);
    }

    List<String> texts() {
      return words.stream().map(Word::text).toList();
    }
  }

  /**
   * A quote or a bracket is open.
   *
   * @param words those before, and what there is of the open one
   */
  record Unclosed(List<Word> words) implements Words {
    public Unclosed {
      words = List.copyOf(words);
    }
  }

  /**
   * A word and where it stood.
   *
   * @param quote the quote that it is written in, or a blank
   */
  record Word(String text, int start, int end, char quote) {}

  /** Cuts a line. */
  static Words split(String line) {
    return new Cut(line).words();
  }

  /** The cutting of one line. */
  final class Cut {
    private final String line;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private char quote = ' ';
    private int at;
    private boolean open;

    private Cut(String line) {
      this.line = line;
    }

    private Words words() {
      while (true) {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
          at++;
        }
        if (at == line.length()) {
          return new Whole(words);
        }
        int start = at;
        word.setLength(0);
        quote = ' ';
        read();
        words.add(new Word(word.toString(), start, at, quote));
        if (open) {
          return new Unclosed(words);
        }
      }
    }

    private void read() {
      boolean fresh = true;
      boolean named = false;
      while (at < line.length() && !Character.isWhitespace(line.charAt(at)) && !open) {
        char c = line.charAt(at);
        if (fresh && (c == '"' || c == '\'')) {
          quoted(c);
          fresh = false;
        } else if (fresh && (c == '{' || c == '[')) {
          json();
          fresh = false;
        } else if (c == '\\' && at + 1 < line.length()) {
          word.append(line.charAt(at + 1));
          at += 2;
          fresh = false;
        } else {
          word.append(c);
          at++;
          fresh = c == '=' && !named;
          named |= c == '=';
        }
      }
    }

    private void quoted(char mark) {
      quote = mark;
      at++;
      while (at < line.length() && line.charAt(at) != mark) {
        boolean escape =
            mark == '"'
                && line.charAt(at) == '\\'
                && at + 1 < line.length()
                && (line.charAt(at + 1) == '"' || line.charAt(at + 1) == '\\');
        at += escape ? 1 : 0;
        word.append(line.charAt(at++));
      }
      open = at == line.length();
      at += open ? 0 : 1;
    }

    private void json() {
      int end = Quotes.endOfJson(line, at);
      open = end < 0;
      int to = open ? line.length() : end;
      word.append(line, at, to);
      at = to;
    }
  }
}
