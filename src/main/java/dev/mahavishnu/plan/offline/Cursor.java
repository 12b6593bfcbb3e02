package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Token.Kind;
import dev.mahavishnu.spec.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A place in the tokens of a request, and what is needed to say where reading failed: the furthest
 * token that no rule took, and whether a rule had by then been chosen for good.
 *
 * <p>A rule takes tokens or leaves the cursor where it was; {@link #attempt} sees to that.
 */
final class Cursor {
  private final List<Token> tokens;
  private int at;
  private int clauseStart;
  private int whole;
  private int committed = -1;
  private int furthest = -1;
  private int atom = -1;
  private final Optional<Set<String>> names;
  private Form form = Form.RUN;
  private Form furthestForm = Form.RUN;
  private final Set<String> expected = new LinkedHashSet<>();

  /**
   * @param names the only names that a bare word can be; absent: any
   */
  Cursor(List<Token> tokens, Optional<Set<String>> names) {
    this.tokens = List.copyOf(tokens);
    this.names = names;
  }

  /**
   * Whether a bare word can be the name of something: while words are left out, only known ones.
   */
  boolean mayBeNamed(Token token) {
    return names.map(known -> known.contains(token.text())).orElse(true);
  }

  Token peek() {
    return tokens.get(at);
  }

  /** The token this many after the next; the end's for any beyond. */
  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  boolean atEnd() {
    return peek().is(Kind.END);
  }

  int position() {
    return at;
  }

  /** The characters from a position to the last token taken. */
  Span since(int position) {
    Span first = tokens.get(position).span();
    return at > position ? first.to(tokens.get(at - 1).span()) : first;
  }

  /** Reads by a rule, or takes nothing. */
  <T> Optional<T> attempt(Supplier<Optional<T>> rule) {
    int before = at;
    Form formBefore = form;
    Optional<T> result = rule.get();
    if (result.isEmpty()) {
      at = before;
      form = formBefore;
    }
    return result;
  }

  /** The same for a rule that only says whether it took its tokens. */
  boolean attemptAll(Predicate<Cursor> rule) {
    return attempt(() -> rule.test(this) ? Optional.of(true) : Optional.empty()).isPresent();
  }

  /**
   * Reads something that is understood as one thing or not at all: a failure within it stands at
   * its start, and words that were not understood can stand for all of it.
   */
  <T> Optional<T> one(String what, T unknown, Supplier<Optional<T>> rule) {
    if (peek().is(Kind.SOME_THING)) {
      at++;
      return Optional.of(unknown);
    }
    int outer = atom;
    int start = at;
    atom = outer < 0 ? at : outer;
    Optional<T> result = attempt(rule);
    atom = outer;
    if (result.isEmpty()) {
      fail(start, what);
    }
    return result;
  }

  /** Takes a token that passes. */
  Optional<Token> take(String what, Predicate<Token> test) {
    Token next = peek();
    if (next.is(Kind.SOME_THING) || test.test(next)) {
      at++;
      return Optional.of(next);
    }
    fail(at, what);
    return Optional.empty();
  }

  /** Takes all words of a phrase, or none. */
  boolean take(String phrase) {
    int before = at;
    for (String word : phrase.split(" ")) {
      if (!peek().word().equals(word) && !standsFor(word)) {
        fail(at, word);
        at = before;
        return false;
      }
      at++;
    }
    return true;
  }

  /** Takes the first of these phrases that comes next. */
  boolean takeAny(String... phrases) {
    for (String phrase : phrases) {
      if (take(phrase)) {
        return true;
      }
    }
    return false;
  }

  /** Takes a phrase that says nothing new; nothing is expected here. */
  boolean skip(String phrase) {
    int before = at;
    for (String word : phrase.split(" ")) {
      if (!peek().word().equals(word)) {
        at = before;
        return false;
      }
      at++;
    }
    return true;
  }

  boolean skipMark(String marks) {
    if (peek().isMark(marks)) {
      at++;
      return true;
    }
    return false;
  }

  boolean sees(String... words) {
    String next = peek().word();
    return !next.isEmpty() && List.of(words).contains(next);
  }

  /**
   * Unknown words stand for any keyword within a clause, and for the word that starts one only
   * where a command follows.
   */
  private boolean standsFor(String keyword) {
    Token next = peek();
    if (next.is(Kind.MISSPELT)) {
      return Nearest.to(next.text(), Set.of(keyword)).isPresent();
    }
    return next.is(Kind.SOME_KEYWORD)
        && ((committed > whole && at > clauseStart)
            || (keyword.equals("run") && Commands.startsCommand(peek(1))));
  }

  /** Remembers that nothing could be read here. */
  void fail(int position, String what) {
    int place = atom >= 0 ? atom : position;
    if (place > furthest) {
      furthest = place;
      furthestForm = form;
      expected.clear();
    }
    if (place == furthest) {
      expected.add(what);
    }
  }

  /** A clause or an addition to one starts here: the form to show if it can't be read. */
  void enter(Form nearest) {
    form = nearest;
  }

  void startClause() {
    clauseStart = at;
  }

  /** From here on a failure is this rule's: no other could read what stands here. */
  boolean commit() {
    committed = Math.max(committed, at);
    return true;
  }

  /** All tokens so far are understood. */
  void complete() {
    whole = Math.max(whole, at);
  }

  int clauseStart() {
    return clauseStart;
  }

  int whole() {
    return whole;
  }

  int committed() {
    return committed;
  }

  int furthest() {
    return Math.max(furthest, at);
  }

  Form furthestForm() {
    return furthestForm;
  }

  Set<String> expected() {
    return Set.copyOf(expected);
  }

  List<Token> tokens() {
    return tokens;
  }
}
