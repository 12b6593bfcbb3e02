package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Mention;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parts of a text that is being typed mean: the words of a command, options, quotes,
 * mentions, flows in YAML or JSON, expressions. What looks like a command is one when it is
 * entered; a sentence stays plain.
 */
final class Highlighting {
  /** The key of a line in YAML. */
  private static final Pattern KEY =
      Pattern.compile("(?m)^[ \\t]*(?:-[ \\t]+)*(\"?[A-Za-z_][\\w-]*\"?)[ \\t]*:(?=\\s|$)");

  /** A key within braces. */
  private static final Pattern INNER_KEY =
      Pattern.compile("[{,]\\s*(\"?[A-Za-z_][\\w-]*\"?)\\s*:(?!:)");

  private static final Pattern COMMENT = Pattern.compile("(?m)(?<!\\S)#.*$");
  private static final String OPEN = "${{";
  private static final String CLOSE = "}}";

  private final String text;
  private final Commands commands;
  private final Tone[] tones;

  private Highlighting(String text, Commands commands) {
    this.text = text;
    this.commands = commands;
    this.tones = new Tone[text.length()];
    Arrays.fill(tones, Tone.PLAIN);
  }

  static Highlighting of(String text, Commands commands) {
    Highlighting highlighting = new Highlighting(text, commands);
    highlighting.statements();
    return highlighting;
  }

  /** What the character at an offset belongs to. */
  Tone at(int offset) {
    return tones[offset];
  }

  private void paint(int from, int to, Tone tone) {
    Arrays.fill(tones, from, to, tone);
  }

  /** Each statement by itself, as they will be taken. */
  private void statements() {
    int from = 0;
    while (from < text.length()) {
      int to = endOfLine(from);
      if (Gathering.isEmpty(text.substring(from, to))) {
        paint(from, to, Tone.QUIET);
      } else {
        Gathering gathering = new Gathering();
        gathering.add(text.substring(from, to));
        while (to < text.length() && gathering.open() != Gathering.Open.NOTHING) {
          String next = text.substring(to + 1, endOfLine(to + 1));
          boolean end = gathering.isEnd(next);
          if (!end && !gathering.add(next)) {
            break;
          }
          to += 1 + next.length();
          if (end) {
            break;
          }
        }
        switch (gathering.statement(1).form()) {
          case SPEC -> spec(from, to);
          case LINE -> line(from, to);
          case BLOCK -> block(from, to);
        }
      }
      from = to + 1;
    }
  }

  /** Its statements, a line each as far as can be seen from outside. */
  private void block(int from, int to) {
    for (int start = from; start < to; start = endOfLine(start) + 1) {
      line(start, Math.min(to, endOfLine(start)));
    }
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private void spec(int from, int to) {
    for (int start = from; start < to; start = endOfLine(start) + 1) {
      quotes(start, Math.min(to, endOfLine(start)));
    }
    keys(KEY, from, to);
    keys(INNER_KEY, from, to);
    Matcher comment = COMMENT.matcher(text).region(from, to).useTransparentBounds(true);
    while (comment.find()) {
      if (tones[comment.start()] == Tone.PLAIN) {
        paint(comment.start(), comment.end(), Tone.QUIET);
      }
    }
    expressions(from, to);
  }

  private void keys(Pattern pattern, int from, int to) {
    Matcher key = pattern.matcher(text).region(from, to);
    while (key.find()) {
      // Quoted itself, or not within what is quoted.
      if (text.charAt(key.start(1)) == '"' || tones[key.start(1)] == Tone.PLAIN) {
        paint(key.start(1), key.end(1), Tone.ACTIVE);
      }
    }
  }

  private void line(int from, int to) {
    int start = from;
    while (start < to && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (start < to && text.charAt(start) == '!') {
      paint(start, start + 1, Tone.ACTIVE);
      return;
    }
    words(start, to);
    quotes(start, to);
    for (Mention mention : Mention.in(text.substring(start, to))) {
      if (tones[start + mention.start()] == Tone.PLAIN) {
        paint(start + mention.start(), start + mention.end(), Tone.ACTIVE);
      }
    }
    expressions(start, to);
  }

  /** The words of a command or of a verb, its options, and an {@code &} at the end. */
  private void words(int start, int to) {
    boolean slash = start < to && text.charAt(start) == '/';
    int from = slash ? start + 1 : start;
    List<Words.Word> words =
        switch (Words.split(text.substring(from, to))) {
          case Words.Whole whole -> whole.words();
          case Words.Unclosed unclosed -> unclosed.words();
        };
    if (words.isEmpty() || words.getFirst().text().contains("/")) {
      return;
    }
    int named = named(words, slash, to - from);
    if (slash) {
      paint(start, from, named < 0 ? Tone.BAD : Tone.TITLE);
    }
    for (int i = 0; i < words.size() && named != 0; i++) {
      Words.Word word = words.get(i);
      boolean last = i == words.size() - 1;
      if (i < Math.abs(named)) {
        paint(from + word.start(), from + word.end(), named < 0 ? Tone.BAD : Tone.TITLE);
      } else if (word.quote() == ' ' && word.text().startsWith("-")) {
        paint(from + word.start(), from + endOfOption(word, from), Tone.ACTIVE);
      } else if (last && word.text().equals("&")) {
        paint(from + word.start(), from + word.end(), Tone.ACTIVE);
      }
    }
  }

  /** {@code --param} of {@code --param=x}. */
  private int endOfOption(Words.Word word, int from) {
    int equals = text.indexOf('=', from + word.start());
    return equals < 0 || equals > from + word.end() ? word.end() : equals - from;
  }

  /**
   * How many of the words name a command or a verb; negative: so many of them do not, where they
   * should.
   *
   * @param length of what the words were cut from
   */
  private int named(List<Words.Word> words, boolean slash, int length) {
    List<String> texts = words.stream().map(Words.Word::text).toList();
    boolean typing = words.getLast().end() == length;
    List<String> path = new ArrayList<>();
    boolean help = texts.getFirst().equals(Verb.HELP.text());
    int at = help ? 1 : 0;
    List<String> next = commands.next(path);
    while (at < texts.size() && words.get(at).quote() == ' ' && next.contains(texts.get(at))) {
      path.add(texts.get(at++));
      next = commands.next(path);
    }
    boolean begun = at == texts.size() - 1 && typing && begins(texts.get(at), next, path.isEmpty());
    boolean whole = at == texts.size() || next.isEmpty() || begun;
    if (!path.isEmpty() && (whole || texts.get(at).startsWith("-"))) {
      return at;
    }
    if (isVerb(texts, slash) || isOfDebugger(texts)) {
      return 1;
    }
    return slash && !begun ? -Math.min(at + 1, texts.size()) : 0;
  }

  private boolean isOfDebugger(List<String> texts) {
    return DebugVerb.of(texts.getFirst())
        .filter(v -> v.takes(texts.subList(1, texts.size())) && commands.debugged().isPresent())
        .isPresent();
  }

  private static boolean begins(String word, List<String> next, boolean first) {
    return next.stream().anyMatch(n -> n.startsWith(word))
        || (first && Arrays.stream(Verb.values()).anyMatch(v -> v.text().startsWith(word)));
  }

  private static boolean isVerb(List<String> texts, boolean slash) {
    boolean background = texts.size() > 1 && texts.getLast().equals("&");
    List<String> rest = texts.subList(1, texts.size() - (background ? 1 : 0));
    return Verb.of(texts.getFirst())
        .filter(v -> v.takes(rest) || isBegun(v, rest) || (slash && v == Verb.WHY))
        .isPresent();
  }

  /** {@code run --par}, on the way to {@code run --param x=1}. */
  private static boolean isBegun(Verb verb, List<String> rest) {
    return verb == Verb.RUN && rest.getFirst().startsWith("-");
  }

  /** What is quoted; a quote that is not closed, to the end. */
  private void quotes(int from, int to) {
    CharSequence part = text.substring(from, to);
    int at = 0;
    while (at < part.length()) {
      if (!Quotes.opens(part, at)) {
        at++;
        continue;
      }
      int end = Quotes.end(part, at);
      paint(from + at, end < 0 ? to : from + end, end < 0 ? Tone.WARN : Tone.GOOD);
      at = end < 0 ? part.length() : end;
    }
  }

  /** {@code ${{ … }}}; one that is not closed, to the end of its line. */
  private void expressions(int from, int to) {
    for (int at = text.indexOf(OPEN, from); at >= 0 && at < to; at = text.indexOf(OPEN, at)) {
      int close = text.indexOf(CLOSE, at);
      boolean closed = close >= 0 && close + CLOSE.length() <= to;
      int end = closed ? close + CLOSE.length() : Math.min(to, endOfLine(at));
      paint(at, end, closed ? Tone.EXPRESSION : Tone.WARN);
      at = end;
    }
  }
}
