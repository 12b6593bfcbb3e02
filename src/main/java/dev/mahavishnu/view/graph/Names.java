package dev.mahavishnu.view.graph;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of our own for tasks, in languages in which an id such as {@code end} means something, and
 * in which the key of a task in a subflow can't be a name.
 */
final class Names {
  private final Map<String, String> names = new HashMap<>();

  String of(String key) {
    return names.computeIfAbsent(key, _ -> "t" + names.size());
  }
}
