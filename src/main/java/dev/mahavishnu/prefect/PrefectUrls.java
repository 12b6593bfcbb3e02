package dev.mahavishnu.prefect;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of servers: of their API, of their pages, and as people may see them. */
final class PrefectUrls {
  private static final String CLOUD_API = "api.prefect.cloud";
  private static final String UUID_PATTERN = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  private static final Pattern WORKSPACE =
      Pattern.compile("(" + UUID_PATTERN + ")/(" + UUID_PATTERN + ")");
  private static final Pattern CLOUD_PATH =
      Pattern.compile("/api/accounts/(" + UUID_PATTERN + ")/workspaces/(" + UUID_PATTERN + ")");

  private PrefectUrls() {}

  /**
   * Without a slash at the end and without credentials.
   *
   * @throws IllegalArgumentException that says what was expected
   */
  static URI api(String text) {
    try {
      URI url = new URI(text.strip());
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && url.getHost() != null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getRawPath().replaceFirst("/+$", "");
        return new URI(scheme + "://" + url.getHost() + port + path);
      }
    } catch (URISyntaxException _) {
      // Told below; the text may hold a password, so it is not.
    }
    throw new IllegalArgumentException("expected a URL such as http://127.0.0.1:4200/api");
  }

  /** The {@code user:password} before the host. */
  static Optional<Credential> user(String text) {
    return Optional.ofNullable(URI.create(text.strip()).getUserInfo())
        .filter(user -> !user.isEmpty())
        .map(Credential.AuthString::new);
  }

  /**
   * The API of a workspace of Cloud.
   *
   * @param workspace {@code ACCOUNT_ID/WORKSPACE_ID}
   * @throws IllegalArgumentException that says what was expected
   */
  static URI cloud(URI base, String workspace) {
    Matcher ids = WORKSPACE.matcher(workspace.strip());
    if (!ids.matches()) {
      throw new IllegalArgumentException(
          "expected the ids of an account and a workspace, ACCOUNT_ID/WORKSPACE_ID");
    }
    return URI.create(base + "/accounts/" + ids.group(1) + "/workspaces/" + ids.group(2));
  }

  static URI cloudBase() {
    return URI.create("https://" + CLOUD_API + "/api");
  }

  static boolean isCloud(URI api) {
    return CLOUD_PATH.matcher(api.getRawPath()).matches() || api.getHost().equals(CLOUD_API);
  }

  static boolean namesWorkspace(URI api) {
    return CLOUD_PATH.matcher(api.getRawPath()).matches();
  }

  /**
   * Where people look at it: of Cloud another host, else the API's address without {@code /api}.
   */
  static URI pages(URI api) {
    Matcher cloud = CLOUD_PATH.matcher(api.getRawPath());
    if (cloud.matches()) {
      String host = api.getHost().equals(CLOUD_API) ? "app.prefect.cloud" : api.getHost();
      UUID account = UUID.fromString(cloud.group(1));
      UUID workspace = UUID.fromString(cloud.group(2));
      return URI.create("https://" + host + "/account/" + account + "/workspace/" + workspace);
    }
    return URI.create(api.toString().replaceFirst("/api$", ""));
  }

  /** Whether both are one server: what is a secret of the one may be told to the other. */
  static boolean sameServer(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  /** The host, and the port where one is named. */
  static String host(URI url) {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return url.getScheme().equals("https") ? 443 : 80;
  }

  /** What Prefect users often get wrong in it. */
  static Optional<String> mistake(URI api) {
    if (api.getHost().equals("app.prefect.cloud")) {
      return Optional.of("app.prefect.cloud is where people look; the API is at " + CLOUD_API);
    }
    if (api.getHost().equals(CLOUD_API) && !namesWorkspace(api)) {
      return Optional.of(
          "of Prefect Cloud the URL is"
              + " https://api.prefect.cloud/api/accounts/ACCOUNT_ID/workspaces/WORKSPACE_ID");
    }
    return api.getRawPath().contains("/api")
        ? Optional.empty()
        : Optional.of("the URL of a Prefect API ends with /api");
  }
}
