package dev.mahavishnu.mcp;

import java.util.Set;

/**
 * What a person allowed when they started the server.
 *
 * @param words of permissions
 * @param all whether everything is allowed that is not {@link Permission#personal}
 */
public record Grants(Set<String> words, boolean all) {
  public Grants {
    words = Set.copyOf(words);
  }

  boolean cover(Permission permission) {
    return words.contains(permission.word()) || (all && !permission.personal());
  }
}
