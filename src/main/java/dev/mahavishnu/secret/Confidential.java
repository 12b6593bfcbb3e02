package dev.mahavishnu.secret;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which environment variables hold secrets by the looks of them: {@code DB_PASSWORD}, {@code
 * GITHUB_TOKEN}, an address with a password in it.
 */
final class Confidential {
  /** Shorter values are words and switches. */
  private static final int SHORTEST = 8;

  /** The current folders. */
  private static final Set<String> NEVER = Set.of("PWD", "OLDPWD");

  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?:^|_)(?:token|secret|secrets|password|passwd|passphrase|pass|pwd|apikey|key|dsn"
              + "|credential|credentials)(?:_base64|_b64|_id|_[0-9]+)?$");

  private static final Pattern WITH_PASSWORD =
      Pattern.compile("^[a-z][a-z0-9+.-]*://[^/@\\s]*:[^/\\s]+@");

  private Confidential() {}

  /** Whether the value of a variable should not be seen. */
  static boolean is(String name, String value) {
    return value.length() >= SHORTEST
        && !NEVER.contains(name)
        && (NAME.matcher(name).find() || WITH_PASSWORD.matcher(value).find());
  }
}
