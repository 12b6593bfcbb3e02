package dev.mahavishnu.secret;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Takes secrets out of what people and models see: registered values in plain and in the usual
 * encodings, and whatever looks like a key ({@link KeyShapes}). Takes time linear in the text. Safe
 * for several threads.
 *
 * <p>Values shorter than {@value #SHORTEST} characters are not taken out: they would tear holes
 * into every text and could be guessed anyway.
 */
public final class Redactor {
  /** What stands for a secret. */
  public static final String MASK = "***";

  private static final int SHORTEST = 4;

  private final Set<String> words = new LinkedHashSet<>();
  private volatile Literals known = Literals.of(Set.of(), false);

  /** A redactor that knows no value yet. */
  public Redactor() {}

  /** Registers values; they stay registered for the life of this redactor. */
  public synchronized void add(Collection<String> secrets) {
    boolean changed = false;
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        changed |= words.addAll(Encodings.of(secret));
      }
    }
    if (changed) {
      known = Literals.of(words, false);
    }
  }

  /** The text with every secret replaced by {@value #MASK}; the same object when there is none. */
  public String redact(String text) {
    Spans spans = new Spans();
    Literals secrets = known;
    if (!secrets.isEmpty()) {
      secrets.scan(text, spans::add);
    }
    KeyShapes.find(text, spans);
    return spans.replace(text, MASK);
  }

  /** Redacts the lines of one stream, of which a private key takes several. */
  public Lines lines() {
    return new Lines();
  }

  /** Redacts one line after the other; for one thread at a time. */
  public final class Lines {
    /** More lines than any private key has: an end that never comes must not hide all the rest. */
    private static final int LONGEST_BLOCK = 400;

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
      return Redactor.this.redact(line);
    }
  }
}
