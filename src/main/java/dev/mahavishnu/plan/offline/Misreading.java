package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.Proposal.NotUnderstood;
import dev.mahavishnu.plan.Proposal.Unclear;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.offline.RequestGrammar.Reading;
import dev.mahavishnu.plan.offline.Token.Kind;
import dev.mahavishnu.spec.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the words at fault in a request that could not be read.
 *
 * <p>They start where reading failed for good: at the furthest token where a rule had been chosen
 * for good, else after the last thing that was understood. They end at the first place from which
 * on the rest can be read, with the words left out or taken for any one thing. Then the rest is
 * looked at in the same way.
 */
final class Misreading {
  private static final int MOST_PARTS = 8;
  private static final int MOST_WORDS = 40;

  private final String text;
  private List<Token> tokens;
  private final Set<String> names = new HashSet<>();
  private final List<Unclear> parts = new ArrayList<>();

  private Misreading(Request request, List<Token> tokens) {
    this.text = request.text();
    this.tokens = tokens;
    request.draft().ifPresent(d -> d.parameters().forEach(p -> names.add(p.name())));
    for (int i = 1; i < tokens.size(); i++) {
      if (List.of("each", "every", "parameter").contains(tokens.get(i - 1).word())) {
        names.add(tokens.get(i).text());
      }
    }
  }

  static NotUnderstood of(Request request, List<Token> tokens, Reading first) {
    Misreading misreading = new Misreading(request, tokens);
    Optional<Reading> reading = Optional.of(first);
    while (reading.isPresent() && misreading.parts.size() < MOST_PARTS) {
      reading = misreading.name(reading.orElseThrow().cursor());
    }
    return new NotUnderstood(misreading.parts);
  }

  /** Names the first words at fault; what is left to look at, if there is more. */
  private Optional<Reading> name(Cursor cursor) {
    int last = tokens.size() - 1;
    int start = Math.min(start(cursor), last);
    if (start == last || cursor.furthest() >= last) {
      int from = tooShort(cursor, last);
      add(cursor, from, last);
      return Optional.empty();
    }
    int least = Math.max(cursor.furthest(), start) + 1;
    for (int end = least; end < Math.min(last, least + MOST_WORDS); end++) {
      Optional<List<Token>> mended = mended(start, end);
      if (mended.isPresent()) {
        add(cursor, start, end);
        tokens = mended.orElseThrow();
        Reading next = RequestGrammar.read(tokens, Optional.of(names));
        return next.clauses().isPresent() ? Optional.empty() : Optional.of(next);
      }
    }
    add(cursor, start, last);
    return Optional.empty();
  }

  /** Where the words at fault start. */
  private int start(Cursor cursor) {
    return cursor.committed() > cursor.whole() ? cursor.furthest() : afterWhole(cursor);
  }

  private int afterWhole(Cursor cursor) {
    int start = cursor.whole();
    while (start < tokens.size() - 1 && isJoint(tokens.get(start))) {
      start++;
    }
    return start;
  }

  private static boolean isJoint(Token token) {
    return token.is(Kind.MARK) || List.of("and", "then", "next", "finally").contains(token.word());
  }

  /** A request that ends too early: from the clause, or the word that asks for more. */
  private int tooShort(Cursor cursor, int last) {
    int from = Math.max(cursor.whole(), cursor.clauseStart());
    from = from >= last ? cursor.whole() : from;
    while (from < last && tokens.get(from).is(Kind.MARK)) {
      from++;
    }
    return Math.min(from, last);
  }

  /** Tokens that can be read further, without these or with any one thing in their place. */
  private Optional<List<Token>> mended(int start, int end) {
    return as(Kind.MISSPELT, start, end)
        .or(() -> further(replaced(start, end, List.of()), start))
        .or(() -> as(Kind.SOME_THING, start, end))
        .or(() -> as(Kind.SOME_KEYWORD, start, end));
  }

  private Optional<List<Token>> as(Kind kind, int start, int end) {
    Span span = tokens.get(start).span().to(tokens.get(end - 1).span());
    String words = span.of(text);
    Token unknown = new Token(kind, words, words, span);
    return further(replaced(start, end, List.of(unknown)), start + 1);
  }

  private List<Token> replaced(int start, int end, List<Token> by) {
    List<Token> all = new ArrayList<>(tokens.subList(0, start));
    all.addAll(by);
    all.addAll(tokens.subList(end, tokens.size()));
    return all;
  }

  private Optional<List<Token>> further(List<Token> changed, int from) {
    Reading reading = RequestGrammar.read(changed, Optional.of(names));
    boolean whole = reading.clauses().isPresent();
    return whole || reading.cursor().whole() > from ? Optional.of(changed) : Optional.empty();
  }

  private void add(Cursor cursor, int start, int end) {
    int to = Math.max(end, start + 1);
    while (to > start + 1 && tokens.get(to - 1).is(Kind.MARK)) {
      to--;
    }
    Span span =
        end <= start
            ? new Span(tokens.get(start).span().start(), tokens.get(start).span().end())
            : tokens.get(start).span().to(tokens.get(to - 1).span());
    String words = span.of(text);
    boolean chosen = cursor.committed() > cursor.whole();
    Form otherwise = start == cursor.clauseStart() ? Form.RUN : cursor.furthestForm();
    Form form = chosen ? cursor.furthestForm() : Form.nearest(words, otherwise);
    parts.add(
        new Unclear(
            span.start(), span.end(), words, why(cursor, words), form.syntax(), form.example()));
  }

  private String why(Cursor cursor, String words) {
    if (text.isBlank()) {
      return "there is nothing to plan";
    }
    if (cursor.peek().is(Kind.BROKEN) || words.startsWith("\"")) {
      return "a quotation or bracket has no end";
    }
    boolean open = cursor.committed() > cursor.whole() || isJoint(tokens.get(tokens.size() - 2));
    if (open && cursor.furthest() >= tokens.size() - 1) {
      return "something is missing after this";
    }
    Optional<String> meant =
        words.contains(" ") ? Optional.empty() : Nearest.to(words, cursor.expected());
    return meant.map(word -> "did you mean `" + word + "`?").orElse("not understood");
  }
}
