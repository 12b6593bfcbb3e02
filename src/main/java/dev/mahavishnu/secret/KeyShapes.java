package dev.mahavishnu.secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What looks like a key, whoever's it is: AWS, GitHub, GitLab, OpenAI and Anthropic, Slack, Google,
 * Stripe, npm, Hugging Face and PyPI tokens, JSON web tokens, {@code Authorization} headers,
 * private key blocks, passwords in URLs and in {@code password=}.
 *
 * <p>One pass finds the literals by which each shape starts; what is looked at from there is
 * bounded, or becomes part of a match, or is remembered as none: the whole is linear.
 */
final class KeyShapes {
  static final String BLOCK_END = "-----END";
  private static final String BLOCK_START = "-----BEGIN";

  /** Keys with a prefix of their own. */
  private record Prefixed(String prefix, String also, int shortest, boolean digits) {}

  private static final List<Prefixed> PREFIXED =
      List.of(
          new Prefixed("AKIA", "", 16, false),
          new Prefixed("ASIA", "", 16, false),
          new Prefixed("ghp_", "", 30, false),
          new Prefixed("gho_", "", 30, false),
          new Prefixed("ghu_", "", 30, false),
          new Prefixed("ghs_", "", 30, false),
          new Prefixed("ghr_", "", 30, false),
          new Prefixed("github_pat_", "_", 22, false),
          new Prefixed("glpat-", "_-", 20, false),
          new Prefixed("sk-", "_-", 20, true),
          new Prefixed("sk_live_", "", 16, false),
          new Prefixed("sk_test_", "", 16, false),
          new Prefixed("rk_live_", "", 16, false),
          new Prefixed("xoxb-", "-", 10, true),
          new Prefixed("xoxp-", "-", 10, true),
          new Prefixed("xoxa-", "-", 10, true),
          new Prefixed("xoxr-", "-", 10, true),
          new Prefixed("xoxs-", "-", 10, true),
          new Prefixed("AIza", "_-", 35, false),
          new Prefixed("npm_", "", 36, false),
          new Prefixed("hf_", "", 30, false),
          new Prefixed("pypi-", "_-", 50, false));

  private static final String JWT = "eyj";
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";
  private static final String URL = "://";
  private static final String AWS_SECRET = "secret_access_key";

  /** Names of values in a query; whole names or the last word of one. */
  private static final List<String> IN_QUERY =
      List.of("token=", "secret=", "api_key=", "apikey=", "sig=", "signature=");

  /** Names of values that are secret wherever they stand. */
  private static final List<String> ANYWHERE =
      List.of("password=", "passwd=", "pwd=", "password\":", "password':");

  private static final Map<String, Prefixed> BY_TRIGGER = new LinkedHashMap<>();
  private static final Literals TRIGGERS;

  static {
    PREFIXED.forEach(p -> BY_TRIGGER.put(p.prefix().toLowerCase(Locale.ROOT), p));
    List<String> words = new ArrayList<>(BY_TRIGGER.keySet());
    words.addAll(IN_QUERY);
    words.addAll(ANYWHERE);
    words.addAll(
        List.of(JWT, BEARER, BASIC, URL, AWS_SECRET, BLOCK_START.toLowerCase(Locale.ROOT)));
    TRIGGERS = Literals.of(words, true);
  }

  private final String text;
  private final Spans spans;

  /** Where the last match ended: a start before it is part of it. */
  private int covered;

  /** No web token starts before this: the run of its letters was looked at. */
  private int noTokenBefore;

  private KeyShapes(String text, Spans spans) {
    this.text = text;
    this.spans = spans;
  }

  /** Adds the parts of the text that look like keys. */
  static void find(String text, Spans spans) {
    KeyShapes shapes = new KeyShapes(text, spans);
    TRIGGERS.scan(text, shapes::look);
  }

  /** Whether a private key starts in this text and does not end in it. */
  static boolean opensBlock(String text) {
    int start = text.lastIndexOf(BLOCK_START);
    return start >= 0 && isPrivate(text, start) && text.indexOf(BLOCK_END, start) < 0;
  }

  private static boolean isPrivate(String text, int start) {
    int end = Math.min(text.length(), start + 60);
    return text.substring(start, end).contains("PRIVATE KEY");
  }

  private void look(int start, int end) {
    if (start < covered) {
      return;
    }
    String trigger = text.substring(start, end).toLowerCase(Locale.ROOT);
    Prefixed prefixed = BY_TRIGGER.get(trigger);
    if (prefixed != null) {
      prefixed(prefixed, start, end);
      return;
    }
    switch (trigger) {
      case JWT -> webToken(start);
      case BEARER, BASIC -> authorization(start, end);
      case URL -> userInfo(end);
      case AWS_SECRET -> assigned(end, 16);
      case "-----begin" -> block(start);
      default -> named(trigger, start, end);
    }
  }

  private void hide(int start, int end) {
    spans.add(start, end);
    covered = end;
  }

  private void prefixed(Prefixed key, int start, int end) {
    if (!text.startsWith(key.prefix(), start) || (start > 0 && isWord(text.charAt(start - 1)))) {
      return;
    }
    int to = run(end, key.also());
    if (to - end >= key.shortest() && (!key.digits() || hasDigit(end, to))) {
      hide(start, to);
    } else if (to - end >= key.shortest()) {
      covered = to;
    }
  }

  private void webToken(int start) {
    if (start < noTokenBefore
        || !text.startsWith("eyJ", start)
        || (start > 0 && isWord(text.charAt(start - 1)))) {
      return;
    }
    int header = run(start, "_-");
    noTokenBefore = header;
    if (header - start < 10 || header >= text.length() || text.charAt(header) != '.') {
      return;
    }
    int payload = run(header + 1, "_-");
    noTokenBefore = payload;
    if (payload - header > 10) {
      boolean signed = payload < text.length() && text.charAt(payload) == '.';
      hide(start, signed ? run(payload + 1, "_-") : payload);
    }
  }

  /** {@code bearer} is a word of English: without the header's name only a long token counts. */
  private void authorization(int start, int end) {
    int before = Math.max(0, start - 20);
    boolean header =
        text.substring(before, start).toLowerCase(Locale.ROOT).contains("authorization");
    int from = end;
    int to = run(from, "._~+/=-");
    if (to > from && (header || (to - from >= 20 && hasDigit(from, to)))) {
      hide(from, to);
    } else if (to - from >= 20) {
      covered = to;
    }
  }

  /** The password in {@code ://user:password@host}. */
  private void userInfo(int from) {
    int colon = -1;
    int at = -1;
    for (int i = from; i < text.length() && " \t\r\n/?#\"'<>`\\".indexOf(text.charAt(i)) < 0; i++) {
      if (text.charAt(i) == ':' && colon < 0) {
        colon = i;
      } else if (text.charAt(i) == '@') {
        at = i;
      }
    }
    if (colon >= 0 && at > colon + 1) {
      hide(colon + 1, at);
    }
  }

  /** What follows {@code =} or {@code :}, quoted or not. */
  private void assigned(int from, int shortest) {
    int at = from;
    while (at < text.length() && at < from + 8 && " \t\"'=:\\".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == from) {
      return;
    }
    int to = at;
    while (to < text.length() && !endsValue(text.charAt(to))) {
      to++;
    }
    if (to - at >= shortest) {
      hide(at, to);
    }
  }

  private void named(String trigger, int start, int end) {
    if (ANYWHERE.contains(trigger)) {
      assigned(end - 1, 1);
      return;
    }
    int name = start;
    while (name > 0 && start - name < 40 && isName(text.charAt(name - 1))) {
      name--;
    }
    if (name > 0 && "?&;#".indexOf(text.charAt(name - 1)) >= 0) {
      assigned(end - 1, 1);
    }
  }

  private void block(int start) {
    if (text.startsWith(BLOCK_START, start) && isPrivate(text, start)) {
      int end = text.indexOf(BLOCK_END, start);
      int dashes = end < 0 ? -1 : text.indexOf("-----", end + BLOCK_END.length());
      hide(start, dashes < 0 ? text.length() : dashes + 5);
    }
  }

  /** The end of the letters, digits and {@code also} from here on. */
  private int run(int from, String also) {
    int at = from;
    while (at < text.length() && (isWord(text.charAt(at)) || also.indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }

  private boolean hasDigit(int from, int to) {
    return text.substring(from, to).chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean endsValue(char c) {
    return c <= ' ' || "&;,\"'`\\<>)]}".indexOf(c) >= 0;
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isName(char c) {
    return isWord(c) || c == '_' || c == '-' || c == '.';
  }
}
