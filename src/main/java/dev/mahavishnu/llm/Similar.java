package dev.mahavishnu.llm;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the texts that are most like another, by their words (BM25). Embeddings would find more,
 * but cost 2.3 s to load and 235 MB of memory, for a few examples of one line each.
 */
final class Similar {
  private static final double SATURATION = 1.2;
  private static final double LENGTH = 0.75;
  private static final Set<String> STOP_WORDS =
      Set.of(
          "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of",
          "on", "or", "that", "the", "then", "them", "this", "to", "with", "i", "me", "my", "we",
          "you", "please", "also", "do", "so", "if", "want", "would", "like", "can", "should");

  private Similar() {}

  /** Words as they are compared: small, without the endings that change most. */
  static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty() && !STOP_WORDS.contains(word))
        .map(Similar::stem)
        .toList();
  }

  private static String stem(String word) {
    for (String ending : List.of("ing", "ies", "es", "ed", "s")) {
      if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }

  /** The items most like the wish, best first; none that shares no word with it. */
  static <T> List<T> best(String wish, List<T> items, Function<T, String> text, int most) {
    List<List<String>> documents = items.stream().map(text).map(Similar::words).toList();
    double average = documents.stream().mapToInt(List::size).average().orElse(1);
    Map<String, Integer> spread = new HashMap<>();
    documents.forEach(d -> new HashSet<>(d).forEach(w -> spread.merge(w, 1, Integer::sum)));
    Set<String> asked = new HashSet<>(words(wish));
    record Score(int index, double value) {}
    return java.util.stream.IntStream.range(0, items.size())
        .mapToObj(i -> new Score(i, score(asked, documents.get(i), spread, items.size(), average)))
        .filter(score -> score.value > 0)
        .sorted(Comparator.comparingDouble(Score::value).reversed())
        .limit(most)
        .map(score -> items.get(score.index))
        .toList();
  }

  private static double score(
      Set<String> asked,
      List<String> document,
      Map<String, Integer> spread,
      int all,
      double average) {
    double sum = 0;
    for (String word : asked) {
      int count = Collections.frequency(document, word);
      if (count > 0) {
        int with = spread.getOrDefault(word, 0);
        double rare = Math.log(1 + (all - with + 0.5) / (with + 0.5));
        double norm = SATURATION * (1 - LENGTH + LENGTH * document.size() / average);
        sum += rare * count * (SATURATION + 1) / (count + norm);
      }
    }
    return sum;
  }
}
