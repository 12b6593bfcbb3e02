package dev.mahavishnu.llm;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a flow reaches outside of its workspace: hosts, paths, secrets. It sees what is written
 * plainly; a program that hides where it goes is for the person's eyes and the run's approval.
 */
final class Reaches {
  private static final Pattern URL =
      Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://([^/\\s\"'`?#<>|;&()\\\\,]+)");
  private static final Pattern AT =
      Pattern.compile("(?i)\\b[\\w.+-]+@((?:[a-z0-9-]+\\.)+[a-z]{2,})\\b");
  private static final Pattern ADDRESS =
      Pattern.compile("(?<![\\w.])(\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\w.]*\\w)");
  private static final Pattern DEVICE = Pattern.compile("/dev/(?:tcp|udp)/([^/\\s\"']+)");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?i)(?<![\\w./@$-])((?:[a-z0-9-]+\\.)+(?:com|net|org|io|dev|app|ai|co|example|test|invalid"
              + "|local|internal|lan|corp|info|biz|xyz|online|site|top|club|shop|tech|cloud|link"
              + "|page|gov|edu|mil|eu|de|uk|us|fr|nl|ch|at|ru|cn|jp|kr|br|it|es|se|no|fi|dk|be|cz"
              + "|pt|gr|ie|ca|au|nz|za|mx|ua|tr|onion|su|tk|ml|ga|cf|gq))(?![\\w(-]|\\.\\w)");

  /** In code, where {@code a.b} is a field. */
  private static final Pattern QUOTED = Pattern.compile("[\"'](" + DOMAIN + ")(?=[\"':/])");

  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{.*?}}", Pattern.DOTALL);
  private static final Pattern ROOTED =
      Pattern.compile(
          "(?<![\\w.:/*?\\]})])(~[\\w-]*(?:/[^\\s\"'`;|&<>()]*)?|/(?:etc|home|root|var|usr|opt|tmp|proc"
              + "|sys|mnt|srv|boot|dev|media|run|bin|sbin|lib|data|Users|Library|private|Volumes"
              + "|Applications|workspace|app)(?:/[^\\s\"'`;|&<>()]*)?|[A-Za-z]:\\\\[^\\s\"']*)");
  private static final Pattern UP =
      Pattern.compile("(?<![\\w.])((?:[\\w.-]+/)*\\.\\.(?:/[^\\s\"'`;|&<>()]*)?)(?![\\w.])");
  private static final Pattern HARMLESS =
      Pattern.compile("/dev/(null|stdin|stdout|stderr|fd/\\d)|/(usr/)?(local/)?s?bin/[\\w.+-]+");
  private static final Pattern SECRET =
      Pattern.compile("\\bsecrets\\s*(?:\\.|\\[\\s*[\"'])\\s*(\\w+)");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?i)(?:\\$\\{?|environ(?:\\.get)?[\\[(]\\s*[\"']|getenv\\(\\s*[\"'])"
              + "(\\w*(?:secret|token|passw|credential|api_?key|private_?key|access_?key)\\w*)");
  private static final Set<String> PATHS = Set.of("file", "files", "working_dir");
  private static final Set<String> WORDS =
      Set.of("id", "type", "description", "depends_on", "when", "run_if", "tags", "name");

  final Set<String> hosts = new LinkedHashSet<>();
  final Set<String> paths = new LinkedHashSet<>();
  final Set<String> secrets = new LinkedHashSet<>();

  private Reaches() {}

  /** What the tree of a flow reaches. */
  static Reaches of(JsonNode flow) {
    Reaches reaches = new Reaches();
    flow.path("secrets").forEach(name -> reaches.secrets.add(name.asString()));
    reaches.walk("", flow);
    return reaches;
  }

  /** Hosts that a text names. */
  static Set<String> hosts(String text) {
    Reaches reaches = new Reaches();
    reaches.hostsIn(text, DOMAIN);
    return reaches.hosts;
  }

  private void walk(String field, JsonNode node) {
    if (node.isString()) {
      text(field, node.stringValue());
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      walk(entry.getKey(), entry.getValue());
    }
    if (node.isArray()) {
      node.forEach(item -> walk(field, item));
    }
  }

  private void text(String field, String text) {
    add(SECRET, text, secrets);
    if (WORDS.contains(field)) {
      return;
    }
    add(VARIABLE, text, secrets);
    hostsIn(text, field.equals("script") ? QUOTED : DOMAIN);
    if (!field.equals("url")) {
      pathsIn(field, text);
    }
  }

  private void hostsIn(String text, Pattern domain) {
    Set<String> found = new LinkedHashSet<>();
    for (Pattern pattern : List.of(URL, AT, DEVICE, ADDRESS)) {
      add(pattern, text, found);
    }
    add(domain, EXPRESSION.matcher(text).replaceAll(" "), found);
    for (String authority : found) {
      String host = authority.substring(authority.lastIndexOf('@') + 1);
      String plain = host.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
      if (!plain.isEmpty() && plain.indexOf('$') < 0) {
        hosts.add(plain);
      }
    }
  }

  private void pathsIn(String field, String text) {
    Set<String> found = new LinkedHashSet<>();
    if (PATHS.contains(field) && (text.startsWith("/") || text.startsWith("~"))) {
      found.add(text);
    }
    // What follows the scheme of an address is no path of this machine.
    String local = URL.matcher(text).replaceAll(" x");
    add(ROOTED, local, found);
    add(UP, local, found);
    found.removeIf(path -> HARMLESS.matcher(path).matches() || !leads(path));
    paths.addAll(found);
  }

  /** Whether a path leads out: not one that goes down before it comes up again. */
  private static boolean leads(String path) {
    if (path.startsWith("/") || path.startsWith("~") || path.indexOf(':') == 1) {
      return true;
    }
    int depth = 0;
    for (String part : path.split("/")) {
      depth += part.equals("..") ? -1 : part.equals(".") || part.isEmpty() ? 0 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static void add(Pattern pattern, String text, Set<String> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
  }
}
