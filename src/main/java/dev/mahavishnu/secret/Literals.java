package dev.mahavishnu.secret;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds any of many words in one pass over a text (Aho and Corasick), in time linear in the text
 * whatever the words are. Immutable.
 */
final class Literals {
  private static final int ROOT = 0;
  private static final int NONE = Edges.NONE;

  private final boolean foldCase;

  /** Where an ASCII character leads from the root: most characters of a log end here. */
  private final int[] fromRoot = new int[128];

  /** Other edges: node and character to node. */
  private final Edges edges = new Edges();

  private int[] parent = new int[64];
  private char[] letter = new char[64];
  private int[] fallback = new int[64];

  /**
   * Length of the longest word that ends at a node, its own or one of its fallbacks'; 0 if none.
   */
  private int[] longest = new int[64];

  private int nodes = 1;

  /** Is told of each place where words end, of the longest of them, in the order of the ends. */
  interface Found {
    void at(int start, int end);
  }

  private Literals(boolean foldCase) {
    this.foldCase = foldCase;
  }

  /**
   * @param foldCase whether ASCII letters of the text are taken as lower case; words must be then
   */
  static Literals of(Collection<String> words, boolean foldCase) {
    Literals made = new Literals(foldCase);
    words.stream().filter(w -> !w.isEmpty()).forEach(made::add);
    made.link();
    return made;
  }

  boolean isEmpty() {
    return nodes == 1;
  }

  private void add(String word) {
    int node = ROOT;
    for (int i = 0; i < word.length(); i++) {
      int next = edge(node, word.charAt(i));
      node = next == NONE ? grow(node, word.charAt(i)) : next;
    }
    longest[node] = word.length();
  }

  private int grow(int from, char letterTo) {
    if (nodes == parent.length) {
      parent = Arrays.copyOf(parent, 2 * nodes);
      letter = Arrays.copyOf(letter, 2 * nodes);
      fallback = Arrays.copyOf(fallback, 2 * nodes);
      longest = Arrays.copyOf(longest, 2 * nodes);
    }
    int node = nodes++;
    parent[node] = from;
    letter[node] = letterTo;
    if (from == ROOT && letterTo < 128) {
      fromRoot[letterTo] = node;
    } else {
      edges.put(from, letterTo, node);
    }
    return node;
  }

  /** Gives each node its fallback, shallow nodes first: those of the deep ones build on them. */
  private void link() {
    Map<Integer, List<Integer>> children = new HashMap<>();
    for (int node = 1; node < nodes; node++) {
      children.computeIfAbsent(parent[node], n -> new ArrayList<>()).add(node);
    }
    Deque<Integer> queue = new ArrayDeque<>(List.of(ROOT));
    while (!queue.isEmpty()) {
      int node = queue.remove();
      if (parent[node] != ROOT) {
        fallback[node] = step(fallback[parent[node]], letter[node]);
      }
      longest[node] = Math.max(longest[node], longest[fallback[node]]);
      queue.addAll(children.getOrDefault(node, List.of()));
    }
  }

  private int step(int from, char c) {
    int node = from;
    while (true) {
      int next = edge(node, c);
      if (next != NONE) {
        return next;
      }
      if (node == ROOT) {
        return ROOT;
      }
      node = fallback[node];
    }
  }

  private int edge(int node, char c) {
    if (node == ROOT && c < 128) {
      int next = fromRoot[c];
      return next == ROOT ? NONE : next;
    }
    return edges.get(node, c);
  }

  void scan(String text, Found found) {
    int node = ROOT;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (foldCase && c >= 'A' && c <= 'Z') {
        c = (char) (c + 32);
      }
      if (node == ROOT && c < 128) {
        node = fromRoot[c];
      } else {
        node = step(node, c);
      }
      if (longest[node] > 0) {
        found.at(i + 1 - longest[node], i + 1);
      }
    }
  }
}
