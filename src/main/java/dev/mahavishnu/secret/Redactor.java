package dev.mahavishnu.secret;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Takes secrets out of what people and models see: registered values in plain, in the usual
 * encodings and broken up, and whatever looks like a key ({@link KeyShapes}). Takes time linear in
 * the text. Safe for several threads.
 *
 * <p>Values shorter than {@value #SHORTEST} characters are not taken out: they would tear holes
 * into every text and could be guessed anyway.
 *
 * <p>Broken up means that something stands between the parts that is neither letter nor digit:
 * blanks, line ends, quotes, commas, {@code +}, colons, invisible characters, the colours of a
 * terminal, {@code \n}, {@code \x}, {@code 0x}; or, at a line end, what the next line starts with
 * and the line above it as well, such as a time or a name. Read that way, in upper and lower case,
 * are the value, the value backwards, its base64, hexadecimal, URL and JSON forms, its bytes as
 * numbers, and base64 of base64, of hexadecimal and of UTF-16, and hexadecimal of base64. Only
 * values and forms with at least eight letters and digits are: fewer are in many texts by chance. A
 * piece of a longer one goes too when it has half of the letters and digits, at least sixteen;
 * thirty-two are enough of any.
 *
 * <p>Not seen: parts with other words between them ({@code a=…; b=…}), every other character,
 * compressed or encrypted text, an encoding of three layers. This keeps accidents from being seen;
 * a program that means to give a secret away can.
 */
public final class Redactor {
  /** What stands for a secret. */
  public static final String MASK = "***";

  private static final int SHORTEST = 4;

  private final Set<String> words = new LinkedHashSet<>();
  private final Set<String> broken = new LinkedHashSet<>();
  private volatile Known known = Known.of(Set.of(), Set.of());

  /**
   * What is looked for.
   *
   * @param words in one piece
   * @param broken up
   */
  private record Known(Literals words, Fragments broken) {
    static Known of(Set<String> words, Set<String> broken) {
      return new Known(Literals.of(words, false), Fragments.of(broken));
    }
  }

  /** A redactor that knows no value yet. */
  public Redactor() {}

  /** Registers values; they stay registered for the life of this redactor. */
  public synchronized void add(Collection<String> secrets) {
    boolean changed = false;
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        changed |= words.addAll(Encodings.of(secret));
        changed |= broken.addAll(Nested.of(secret));
      }
    }
    if (changed) {
      known = Known.of(words, broken);
    }
  }

  /** The text with every secret replaced by {@value #MASK}; the same object when there is none. */
  public String redact(String text) {
    return redact(text, new Splits());
  }

  /** Whether a registered value is in the text, in any form that is taken out. */
  public boolean finds(String text) {
    Spans spans = new Spans();
    findKnown(text, new Splits(), spans);
    return !spans.isEmpty();
  }

  private String redact(String text, Splits splits) {
    Spans spans = new Spans();
    findKnown(text, splits, spans);
    KeyShapes.find(text, spans);
    return spans.replace(text, MASK);
  }

  private void findKnown(String text, Splits splits, Spans spans) {
    Known secrets = known;
    if (!secrets.words().isEmpty()) {
      secrets.words().scan(text, spans::add);
    }
    if (!secrets.broken().isEmpty()) {
      splits.find(text, secrets.broken(), spans);
    }
  }

  /** Redacts the lines of one stream, of which a private key takes several. */
  public Lines lines() {
    return new Lines();
  }

  /**
   * Redacts one line after the other; for one thread at a time.
   *
   * <p>Of a secret that is broken up over several lines, the lines that were given out before it
   * could be known are out: less than half of its letters and digits, or less than sixteen, or,
   * where it has fewer than those altogether, all but the last line's. The rest is taken out.
   */
  public final class Lines {
    /** More lines than any private key has: an end that never comes must not hide all the rest. */
    private static final int LONGEST_BLOCK = 400;

    private final Splits splits = new Splits();
    private int inBlock;

    private Lines() {}

    /** The next line of the stream, as it may be seen. */
    public String redact(String line) {
      if (inBlock > 0) {
        boolean ends = line.contains(KeyShapes.BLOCK_END);
        inBlock = ends || inBlock == LONGEST_BLOCK ? 0 : inBlock + 1;
        return MASK;
      }
      if (KeyShapes.opensBlock(line)) {
        inBlock = 1;
      }
      return Redactor.this.redact(line, splits);
    }
  }
}
