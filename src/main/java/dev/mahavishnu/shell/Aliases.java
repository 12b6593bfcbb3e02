package dev.mahavishnu.shell;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Words that stand for the beginning of a statement. For several threads. */
final class Aliases {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  private final Map<String, String> texts = new TreeMap<>();

  static boolean isName(String word) {
    return NAME.matcher(word).matches();
  }

  synchronized void put(String name, String statement) {
    texts.put(name, statement);
  }

  synchronized boolean remove(String name) {
    return texts.remove(name) != null;
  }

  synchronized Optional<String> get(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  synchronized Map<String, String> all() {
    return new TreeMap<>(texts);
  }

  /** The statement with its first word replaced for as long as that is an alias, each one once. */
  synchronized Statement expand(Statement statement) {
    if (statement.form() != Statement.Form.LINE || texts.isEmpty()) {
      return statement;
    }
    Set<String> met = new HashSet<>();
    String text = statement.text();
    while (true) {
      int from = text.startsWith("/") ? 1 : 0;
      int end = from;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      String word = text.substring(from, end);
      String meant = texts.get(word);
      if (meant == null || !met.add(word)) {
        return met.isEmpty() ? statement : statement.with(text);
      }
      text = meant + text.substring(end);
    }
  }
}
