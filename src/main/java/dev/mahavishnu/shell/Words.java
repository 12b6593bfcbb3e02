package dev.mahavishnu.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    return new Cut(line, Optional.empty()).words();
  }

  /** Cuts a line; values stand for {@code $name}, but in the first word and in single quotes. */
  static Words split(String line, Replacing replacing) {
    return new Cut(line, Optional.of(replacing)).words();
  }

  /** The cutting of one line. */
  final class Cut {
    private final String line;
    private final Optional<Replacing> replacing;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private char quote = ' ';
    private int at;
    private boolean open;

    private Cut(String line, Optional<Replacing> replacing) {
      this.line = line;
      this.replacing = replacing;
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
        replaces().ifPresent(r -> r.noteWord(line.substring(start, at), word.toString()));
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
        } else if (c == '$' && replaces().isPresent()) {
          variable();
          fresh = false;
        } else {
          word.append(c);
          at++;
          fresh = c == '=' && !named;
          named |= c == '=';
        }
      }
    }

    /** Not in the first word: a value is no command. */
    private Optional<Replacing> replaces() {
      return words.isEmpty() ? Optional.empty() : replacing;
    }

    /** A value for the name that starts here; a {@code $} before anything else is a letter. */
    private void variable() {
      Optional<Variables.Use> use = Variables.Use.at(line, at);
      if (use.isPresent()) {
        word.append(replaces().orElseThrow().text(line, use.get()));
        at = use.get().end();
      } else {
        word.append(line.charAt(at++));
      }
    }

    private void quoted(char mark) {
      quote = mark;
      at++;
      while (at < line.length() && line.charAt(at) != mark) {
        if (mark == '"' && line.charAt(at) == '$' && replaces().isPresent()) {
          variable();
          continue;
        }
        at += mark == '"' && line.charAt(at) == '\\' && isEscaped(at + 1) ? 1 : 0;
        word.append(line.charAt(at++));
      }
      open = at == line.length();
      at += open ? 0 : 1;
    }

    private boolean isEscaped(int i) {
      String escaped = replaces().isPresent() ? "\"\\$" : "\"\\";
      return i < line.length() && escaped.indexOf(line.charAt(i)) >= 0;
    }

    private void json() {
      int end = Quotes.endOfJson(line, at);
      open = end < 0;
      int to = open ? line.length() : end;
      String json = line.substring(at, to);
      word.append(replaces().map(r -> r.json(json)).orElse(json));
      at = to;
    }
  }
}
