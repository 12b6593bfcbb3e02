package dev.mahavishnu.llm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a flow may reach: what the person, the draft or a flow of the workspace names. */
final class Named {
  private final List<String> said;
  private final List<String> asWritten = new ArrayList<>();
  private final List<String> all = new ArrayList<>();

  /**
   * @param said what the person typed in this conversation
   * @param known the draft and the flows of the workspace, as text
   */
  Named(List<String> said, List<String> known) {
    this.said = said;
    asWritten.addAll(said);
    asWritten.addAll(known);
    asWritten.forEach(text -> all.add(text.toLowerCase(Locale.ROOT)));
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
      if (!isNamedPath(path)) {
        problems.add("nobody named the path " + path + ", which leads out of the workspace");
      }
    }
    for (String secret : reaches.secrets) {
      if (asWritten.stream().noneMatch(t -> holds(t, secret, "-_")) && !isDescribed(secret)) {
        problems.add("nobody named the secret " + secret);
      }
    }
    return problems;
  }

  /** Hosts in a text that nobody named. */
  List<String> hosts(String text) {
    return Reaches.hosts(text).stream().filter(host -> !isNamed(host)).toList();
  }

  private boolean isNamed(String host) {
    return all.stream().anyMatch(text -> holds(text, host, "-_."));
  }

  /** A path, or a folder that it is in. */
  private boolean isNamedPath(String path) {
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (asWritten.stream().anyMatch(text -> holds(text, whole, "-_./"))) {
      return true;
    }
    int slash = whole.lastIndexOf('/');
    return slash > 0 && !whole.contains("..") && isNamedPath(whole.substring(0, slash));
  }

  /**
   * Whether a text holds a name that does not go on there.
   *
   * @param joins what joins a name to more of it, besides letters and digits
   */
  private static boolean holds(String text, String name, String joins) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean began = at > 0 && isPart(text.charAt(at - 1), joins);
      if (!began && !goesOn(text, end, joins)) {
        return true;
      }
    }
    return false;
  }

  /** A dot or a slash that nothing follows ends a sentence or a folder. */
  private static boolean goesOn(String text, int end, String joins) {
    if (end >= text.length() || !isPart(text.charAt(end), joins)) {
      return false;
    }
    boolean ends = "./".indexOf(text.charAt(end)) >= 0;
    return !ends || (end + 1 < text.length() && isPart(text.charAt(end + 1), joins));
  }

  private static boolean isPart(char c, String joins) {
    return Character.isLetterOrDigit(c) || joins.indexOf(c) >= 0;
  }

  /** Whether a person spoke of it in words: "the warehouse token". */
  private boolean isDescribed(String secret) {
    List<String> parts =
        Arrays.stream(secret.toLowerCase(Locale.ROOT).split("_"))
            .filter(p -> !p.isEmpty())
            .toList();
    return said.stream()
        .map(text -> Set.copyOf(Similar.words(text)))
        .anyMatch(words -> parts.stream().allMatch(p -> words.containsAll(Similar.words(p))));
  }
}
