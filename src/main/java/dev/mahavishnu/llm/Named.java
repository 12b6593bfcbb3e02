package dev.mahavishnu.llm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a flow may reach: what the person, the draft or a flow of the workspace names. */
final class Named {
  private final List<String> said;
  private final List<String> all = new ArrayList<>();

  /**
   * @param said what the person typed in this conversation
   * @param known the draft and the flows of the workspace, as text
   */
  Named(List<String> said, List<String> known) {
    this.said = said;
    all.addAll(said);
    all.addAll(known);
    all.replaceAll(text -> text.toLowerCase(Locale.ROOT));
  }

  /** What a flow reaches that nobody named, a line each. */
  List<String> problems(JsonNode flow) {
    Reaches reaches = Reaches.of(flow);
    List<String> problems = new ArrayList<>();
    for (String host : reaches.hosts) {
      if (!isNamed(host)) {
        problems.add("nobody named the host " + host + "; ask for the address, or leave it out");
      }
    }
    for (String path : reaches.paths) {
      if (!isNamed(path)) {
        problems.add("nobody named the path " + path + ", which leads out of the workspace");
      }
    }
    for (String secret : reaches.secrets) {
      if (!isNamed(secret) && !isDescribed(secret)) {
        problems.add("nobody named the secret " + secret);
      }
    }
    return problems;
  }

  /** Hosts in a text that nobody named. */
  List<String> hosts(String text) {
    return Reaches.hosts(text).stream().filter(host -> !isNamed(host)).toList();
  }

  private boolean isNamed(String wanted) {
    String name = wanted.toLowerCase(Locale.ROOT);
    return all.stream().anyMatch(text -> holds(text, name));
  }

  private static boolean holds(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean goesOn =
          end < text.length()
              && (isPart(text.charAt(end))
                  || (text.charAt(end) == '.'
                      && end + 1 < text.length()
                      && isPart(text.charAt(end + 1))));
      boolean began =
          at > 0 && (isPart(text.charAt(at - 1)) || ".~".indexOf(text.charAt(at - 1)) >= 0);
      if (!goesOn && !began) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  /** Whether a person spoke of it in words: "the warehouse token". */
  private boolean isDescribed(String secret) {
    List<String> parts =
        Arrays.stream(secret.toLowerCase(Locale.ROOT).split("_")).filter(p -> !p.isEmpty()).toList();
    return said.stream()
        .map(text -> (Set<String>) new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))))
        .anyMatch(words -> words.containsAll(parts));
  }
}
