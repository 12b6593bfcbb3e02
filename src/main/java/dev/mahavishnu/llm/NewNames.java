package dev.mahavishnu.llm;

import dev.mahavishnu.secret.Redactor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a repair must not bring: hosts, paths out of the workspace and secrets that neither
 * what is changed nor the person names. A log that asks for one does not count: anybody may have
 * written it.
 */
final class NewNames {
  private static final Pattern HOST =
      Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://([^\\s/'\"`<>\\\\)}]+)");
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w.$/:*})<-])(?:~/|/)(?!/)[\\w.-]+(?:/[\\w.-]+)*");
  private static final Pattern ESCAPE =
      Pattern.compile("(?<![\\w.])\\.\\.(?=/|$|[\\s'\"])(?:/[\\w.-]*)*");
  private static final Pattern SECRET = Pattern.compile("\\bsecrets\\.(\\w+)");

  private static final Set<String> HARMLESS = Set.of("/dev/null", "/dev/stdout", "/dev/stderr");

  private NewNames() {}

  /**
   * @param after what would be there
   * @param known what the person said, and what was there before
   * @param root paths in it are no way out
   * @return what is wrong, a line each
   */
  static List<String> problems(String after, String known, String root) {
    TreeSet<String> problems = new TreeSet<>();
    String small = known.toLowerCase(Locale.ROOT);
    Matcher host = HOST.matcher(after);
    while (host.find()) {
      if (!holds(small, host.group(1).toLowerCase(Locale.ROOT))) {
        problems.add("`" + host.group(1) + "` is a host that nobody named");
      }
    }
    Matcher path = PATH.matcher(after);
    while (path.find()) {
      String found = path.group();
      boolean inside = found.startsWith(root + "/") && !found.contains("..");
      if (!known.contains(found) && !inside && !HARMLESS.contains(found)) {
        problems.add("`" + found + "` is a path outside of the workspace that nobody named");
      }
    }
    Matcher escape = ESCAPE.matcher(after);
    while (escape.find()) {
      if (!known.contains(escape.group().strip())) {
        problems.add("`" + escape.group().strip() + "` leads out of the folder");
      }
    }
    Matcher secret = SECRET.matcher(after);
    while (secret.find()) {
      if (!known.contains(secret.group())) {
        problems.add("`" + secret.group(1) + "` is a secret that the flow does not use");
      }
    }
    if (after.contains(Redactor.MASK) && !known.contains(Redactor.MASK)) {
      problems.add("`" + Redactor.MASK + "` stands for a secret that you can't see");
    }
    return List.copyOf(problems);
  }

  /** Whole: the end of a name that is known may be somebody else's. */
  private static boolean holds(String known, String host) {
    return Pattern.compile("(?<![\\w.-])" + Pattern.quote(host) + "(?![\\w-]|\\.\\w)")
        .matcher(known)
        .find();
  }
}
