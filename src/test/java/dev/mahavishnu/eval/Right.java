package dev.mahavishnu.eval;

import java.util.List;

/** What is right to make of a request. */
sealed interface Right {
  /** This flow, but for free choices. */
  record AFlow(FlowRule rule) implements Right {}

  /** To ask; the question or its choices have one of the words, if there are any. */
  record AQuestion(List<String> words) implements Right {
    public AQuestion {
      words = List.copyOf(words);
    }
  }

  /** To refuse; the reason has one of the words, if there are any. */
  record ARefusal(List<String> words) implements Right {
    public ARefusal {
      words = List.copyOf(words);
    }
  }

  /** To answer what the person wants to know; text or table have one of the words, if any. */
  record AnAnswer(List<String> words) implements Right {
    public AnAnswer {
      words = List.copyOf(words);
    }
  }
}
