package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.spec.Template;
import dev.mahavishnu.spec.TemplateException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes a URL of a template. A value can't change what the URL is made of: in the path, the query
 * and the fragment it is percent-encoded, {@code /} and {@code .}-segments too, and in the host it
 * must be a host. Only an expression at the very start brings a URL, or the start of one, as it is.
 */
final class UrlTemplate {
  private final StringBuilder url = new StringBuilder();

  /** Whether the literal text has come to where the path, the query or the fragment starts. */
  private boolean afterHost;

  private UrlTemplate() {}

  /**
   * @throws TaskException when the result is not an absolute http or https URL; not retryable
   */
  static URI evaluate(String template, AttemptContext context) throws TaskException {
    List<Template.Part> parts;
    try {
      parts = Template.of(template).parts();
    } catch (TemplateException e) {
      throw new TaskException("url: " + e.getMessage(), false);
    }
    UrlTemplate made = new UrlTemplate();
    for (Template.Part part : parts) {
      switch (part) {
        case Template.Part.Text(String text) -> made.literal(text);
        case Template.Part.Expression(String source, int _) ->
            made.value(source.strip(), ValueText.of(context.expression(source)));
      }
    }
    return made.uri();
  }

  private void literal(String text) {
    int scheme = text.indexOf("://");
    String rest = scheme < 0 ? text : text.substring(scheme + 3);
    afterHost |= rest.chars().anyMatch(c -> c == '/' || c == '?' || c == '#');
    url.append(text);
  }

  private void value(String source, String value) throws TaskException {
    if (url.isEmpty()) {
      url.append(value);
    } else if (!afterHost) {
      if (!value.matches("[A-Za-z0-9.:\\[\\]_-]*")) {
        throw new TaskException(
            "url: the value of `" + source + "` stands in the host and is not one: `" + value + "`",
            false);
      }
      url.append(value);
    } else if (value.equals(".") || value.equals("..")) {
      throw new TaskException(
          "url: the value of `" + source + "` is `" + value + "`, which would change the path",
          false);
    } else {
      url.append(encoded(source, value));
    }
  }

  /** All but the unreserved characters of RFC 3986. */
  private static String encoded(String source, String value) throws TaskException {
    StringBuilder text = new StringBuilder();
    for (byte b : Utf8.encode("the value of `" + source + "`", value)) {
      int c = b & 0xff;
      boolean kept =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      text.append(kept ? String.valueOf((char) c) : String.format("%%%02X", c));
    }
    return text.toString();
  }

  private URI uri() throws TaskException {
    URI uri;
    try {
      uri = new URI(new URI(url.toString()).toASCIIString());
    } catch (URISyntaxException e) {
      throw new TaskException(
          "url: " + e.getReason() + " at " + (e.getIndex() + 1) + " in `" + url + "`", false);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new TaskException("url: not an http or https URL: `" + shown(uri) + "`", false);
    }
    return uri;
  }

  /** For people: without user and password. */
  static String shown(URI uri) {
    String user = uri.getRawUserInfo();
    return user == null
        ? uri.toString()
        : uri.toString().replaceFirst(Pattern.quote(user + "@"), "***@");
  }

  /** User and password, decoded; empty when there are none. */
  static String userInfo(URI uri) {
    String user = uri.getUserInfo();
    return user == null ? "" : user;
  }

  /** What is asked for: no user, no fragment. */
  static URI target(URI uri) {
    String text = uri.toString();
    String user = uri.getRawUserInfo();
    if (user != null) {
      text = text.replaceFirst(Pattern.quote(user + "@"), "");
    }
    int fragment = text.indexOf('#');
    return URI.create(fragment < 0 ? text : text.substring(0, fragment));
  }
}
