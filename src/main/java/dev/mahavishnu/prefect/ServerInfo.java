package dev.mahavishnu.prefect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as a whole. Each call throws {@link PrefectException} when it comes to nothing. */
public final class ServerInfo {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  /** The version whose API we are tested against. */
  public static final String TESTED = "3.8.8";

  private final Api api;

  ServerInfo(Api api) {
    this.api = api;
  }

  /** Whether it answers and its database does. Needs no credential. */
  public boolean isHealthy() {
    return api.call(ApiCall.get("/health")).asBoolean(false);
  }

  /** Its version; empty: Prefect Cloud, which has none. */
  public Optional<String> version() {
    return PrefectUrls.isCloud(api.url())
        ? Optional.empty()
        : Optional.of(api.call(ApiCall.get("/admin/version")).asString());
  }

  /** Why this version may not do for us; empty: it does. */
  public static Optional<String> complaint(String version) {
    Matcher found = VERSION.matcher(version);
    if (!found.matches()) {
      return Optional.of("its version " + version + " is not known; tested with " + TESTED);
    }
    int major = Integer.parseInt(found.group(1));
    int minor = Integer.parseInt(found.group(2));
    if (major != 3) {
      return Optional.of("it is Prefect " + version + "; Prefect 3 is needed");
    }
    return minor < 4
        ? Optional.of("Prefect " + version + " is older than what this was tested with, " + TESTED)
        : Optional.empty();
  }
}
