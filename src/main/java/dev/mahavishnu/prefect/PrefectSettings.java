package dev.mahavishnu.prefect;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * How to reach which Prefect server: what our configuration says, and below it what the Prefect
 * user already has in variables and in the active profile. Secrets are never shown by {@code
 * toString}.
 *
 * @param apiUrl without credentials in it; absent: no server is configured
 * @param credential absent: none is sent
 * @param timeout of one attempt of one call, until the last byte
 * @param maxRetries how often a call is tried again
 * @param notes for people: what was found and does not count, and why
 */
public record PrefectSettings(
    Optional<Known<URI>> apiUrl,
    Optional<Known<Credential>> credential,
    Duration timeout,
    int maxRetries,
    List<String> notes) {

  /**
   * What our own configuration says, each empty where it says nothing.
   *
   * @param workspace of Prefect Cloud: {@code ACCOUNT_ID/WORKSPACE_ID}
   */
  public record Configured(
      Optional<Known<String>> apiUrl,
      Optional<Known<String>> apiKey,
      Optional<Known<String>> authString,
      Optional<Known<String>> workspace,
      Duration timeout,
      int maxRetries) {
    /** Says nothing; one call may take 30 seconds and is tried again 5 times. */
    public static final Configured NOTHING =
        new Configured(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(30),
            5);

    /** The same with the URL of a server. */
    public Configured withApiUrl(Known<String> url) {
      return new Configured(Optional.of(url), apiKey, authString, workspace, timeout, maxRetries);
    }

    @Override
    public String toString() {
      return "Configured[***]";
    }
  }

  public PrefectSettings {
    notes = List.copyOf(notes);
  }

  /** A server that asks for nothing. */
  public static PrefectSettings of(URI apiUrl) {
    return resolve(
        Configured.NOTHING.withApiUrl(new Known<>(apiUrl.toString(), "given")),
        _ -> Optional.empty(),
        Path.of("/nonexistent"));
  }

  /**
   * Our configuration first, then the environment, then the active profile. A credential that
   * Prefect's own settings hold is used for the server that they name, and for no other: a
   * configuration file that came with a project must not lead a key elsewhere.
   *
   * @param environment gives the value of a variable
   * @param userHome where {@code .prefect/profiles.toml} is
   * @throws IllegalArgumentException when a value can't be one; says whose, and what was expected
   */
  public static PrefectSettings resolve(
      Configured ours, Function<String, Optional<String>> environment, Path userHome) {
    PrefectProfile profile = PrefectProfile.read(environment, userHome);
    List<String> notes = new ArrayList<>();
    profile.fault().ifPresent(notes::add);
    Function<String, Optional<Known<String>>> theirs =
        name ->
            environment
                .apply(name)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> new Known<>(text, name))
                .or(() -> profile.value(name));
    Optional<Known<String>> theirUrl = theirs.apply("PREFECT_API_URL");
    Optional<Known<URI>> url = url(ours, theirUrl);
    url.flatMap(u -> PrefectUrls.mistake(u.value()).map(m -> u.origin() + ": " + m))
        .ifPresent(notes::add);
    Optional<Known<Credential>> credential =
        credential(ours.authString(), ours.apiKey())
            .or(() -> inUrl(ours.apiUrl().or(() -> theirUrl)));
    if (credential.isEmpty()) {
      credential =
          credential(theirs.apply("PREFECT_API_AUTH_STRING"), theirs.apply("PREFECT_API_KEY"));
      if (credential.isPresent() && url.isPresent() && !isFor(url.get().value(), theirUrl)) {
        notes.add(
            credential.get().origin()
                + " is for another server than "
                + url.get().origin()
                + " names, so it is not sent; set prefect.api_key or prefect.auth_string");
        credential = Optional.empty();
      }
    }
    return new PrefectSettings(url, credential, ours.timeout(), ours.maxRetries(), notes);
  }

  private static Optional<Known<URI>> url(Configured ours, Optional<Known<String>> theirs) {
    Optional<Known<URI>> named =
        ours.apiUrl().or(() -> theirs).map(url -> parsed(url, PrefectUrls::api));
    if (ours.workspace().isEmpty()) {
      return named;
    }
    Known<String> workspace = ours.workspace().get();
    if (named.isEmpty()) {
      return Optional.of(parsed(workspace, w -> PrefectUrls.cloud(PrefectUrls.cloudBase(), w)));
    }
    URI base = named.get().value();
    // Of a server of one's own, or of a URL that already names one, it says nothing.
    boolean joins = PrefectUrls.isCloud(base) && !PrefectUrls.namesWorkspace(base);
    return joins ? Optional.of(parsed(workspace, w -> PrefectUrls.cloud(base, w))) : named;
  }

  private static Known<URI> parsed(Known<String> text, Function<String, URI> parser) {
    try {
      return text.map(parser);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text.origin() + ": " + e.getMessage(), e);
    }
  }

  /** As for Prefect itself, the auth string wins over the key. */
  private static Optional<Known<Credential>> credential(
      Optional<Known<String>> authString, Optional<Known<String>> apiKey) {
    return authString
        .map(text -> text.<Credential>map(Credential.AuthString::new))
        .or(() -> apiKey.map(text -> text.<Credential>map(Credential.ApiKey::new)));
  }

  private static Optional<Known<Credential>> inUrl(Optional<Known<String>> url) {
    return url.flatMap(
        known -> PrefectUrls.user(known.value()).map(user -> new Known<>(user, known.origin())));
  }

  /** Also where the Prefect user names no server at all, and so left it to us. */
  private static boolean isFor(URI url, Optional<Known<String>> theirs) {
    try {
      return theirs.isEmpty() || PrefectUrls.sameServer(url, PrefectUrls.api(theirs.get().value()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** The page of a flow run, for people; absent without a server. */
  public Optional<URI> flowRunPage(UUID flowRun) {
    return apiUrl.map(
        url -> URI.create(PrefectUrls.pages(url.value()) + "/runs/flow-run/" + flowRun));
  }

  /** The page of a deployment, for people; absent without a server. */
  public Optional<URI> deploymentPage(UUID deployment) {
    return apiUrl.map(
        url ->
            URI.create(PrefectUrls.pages(url.value()) + "/deployments/deployment/" + deployment));
  }
}
