package dev.mahavishnu.eval;

import java.util.List;
import java.util.Map;

/**
 * What a proposal is worth.
 *
 * @param why what is wrong, one line each; empty where nothing is
 * @param ids the task's id by its name in the case, as far as tasks were recognised
 */
record Verdict(Kind kind, List<String> why, Map<String, String> ids) {
  Verdict {
    why = List.copyOf(why);
    ids = Map.copyOf(ids);
  }

  static Verdict of(Kind kind, String... why) {
    return new Verdict(kind, List.of(why), Map.of());
  }

  /** In the order of the table. */
  enum Kind {
    RIGHT("exactly right"),
    WRONG("valid but wrong"),
    ASKED_RIGHTLY("asked, rightly"),
    ASKED_WRONGLY("asked, wrongly"),
    REFUSED_RIGHTLY("refused, rightly"),
    REFUSED_WRONGLY("refused, wrongly"),
    ANSWERED_RIGHTLY("answered, rightly"),
    ANSWERED_WRONGLY("answered, wrongly"),
    NOT_UNDERSTOOD("not understood"),
    INVALID("invalid"),
    UNAVAILABLE("unavailable"),
    ADRIFT("adrift");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** Whether this is what should have come of it. */
    boolean good() {
      return this == RIGHT
          || this == ASKED_RIGHTLY
          || this == REFUSED_RIGHTLY
          || this == ANSWERED_RIGHTLY;
    }
  }
}
