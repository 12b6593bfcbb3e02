package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrefectSettingsTest {
  private static final String WORKSPACE =
      "11111111-2222-3333-4444-555555555555/66666666-7777-8888-9999-000000000000";
  private static final String CLOUD =
      "https://api.prefect.cloud/api/accounts/11111111-2222-3333-4444-555555555555"
          + "/workspaces/66666666-7777-8888-9999-000000000000";

  @TempDir Path home;
  private final Map<String, String> variables = new HashMap<>();
  private Optional<Known<String>> url = Optional.empty();
  private Optional<Known<String>> key = Optional.empty();
  private Optional<Known<String>> auth = Optional.empty();
  private Optional<Known<String>> workspace = Optional.empty();

  private PrefectSettings resolve() {
    PrefectSettings.Configured standard = PrefectSettings.Configured.NOTHING;
    return PrefectSettings.resolve(
        new PrefectSettings.Configured(
            url, key, auth, workspace, standard.timeout(), standard.maxRetries()),
        name -> Optional.ofNullable(variables.get(name)),
        home);
  }

  private static Optional<Known<String>> ours(String value) {
    return Optional.of(new Known<>(value, "mahavishnu.yaml:3:5"));
  }

  private void profiles(String toml) throws IOException {
    Files.createDirectories(home.resolve(".prefect"));
    Files.writeString(home.resolve(".prefect/profiles.toml"), toml);
  }

  private static final String TWO_PROFILES =
      """
      active = "local"

      [profiles.local]
      PREFECT_API_URL = "http://127.0.0.1:4200/api"

      [profiles.cloud]
      PREFECT_API_URL = "%s"
      PREFECT_API_KEY = "pnu_cloudkey"
      """
          .formatted(CLOUD);

  @Test
  void where_nobody_says_anything_no_server_is_configured() {
    assertThat(resolve().apiUrl()).isEmpty();
    assertThat(resolve().credential()).isEmpty();
    assertThat(resolve().notes()).isEmpty();
    assertThat(resolve().flowRunPage(UUID.randomUUID())).isEmpty();
    assertThatThrownBy(() -> new PrefectClient(resolve()).close())
        .isInstanceOf(PrefectException.class)
        .hasMessageContaining("no server is configured");
  }

  @Test
  void the_active_profile_counts_and_says_where_it_stands() throws IOException {
    profiles(TWO_PROFILES);
    assertThat(resolve().apiUrl())
        .contains(
            new Known<>(
                URI.create("http://127.0.0.1:4200/api"),
                home.resolve(".prefect/profiles.toml") + ", profile local"));
  }

  @Test
  void a_variable_chooses_another_profile() throws IOException {
    profiles(TWO_PROFILES);
    variables.put("PREFECT_PROFILE", "cloud");
    PrefectSettings settings = resolve();

    assertThat(settings.apiUrl().orElseThrow().value()).isEqualTo(URI.create(CLOUD));
    assertThat(settings.credential().orElseThrow().value())
        .isEqualTo(new Credential.ApiKey("pnu_cloudkey"));
    assertThat(settings.flowRunPage(UUID.fromString("11111111-2222-3333-4444-555555555555")))
        .hasToString(
            "Optional[https://app.prefect.cloud/account/11111111-2222-3333-4444-555555555555"
                + "/workspace/66666666-7777-8888-9999-000000000000"
                + "/runs/flow-run/11111111-2222-3333-4444-555555555555]");
  }

  @Test
  void profiles_may_lie_where_variables_say() throws IOException {
    Path other = Files.createDirectories(home.resolve("other"));
    Files.writeString(other.resolve("profiles.toml"), TWO_PROFILES);
    variables.put("PREFECT_HOME", other.toString());
    assertThat(resolve().apiUrl()).isPresent();
    variables.remove("PREFECT_HOME");
    assertThat(resolve().apiUrl()).isEmpty();
    variables.put("PREFECT_PROFILES_PATH", other.resolve("profiles.toml").toString());
    assertThat(resolve().apiUrl()).isPresent();
  }

  @Test
  void variables_win_over_the_profile_and_our_configuration_over_both() throws IOException {
    profiles(TWO_PROFILES);
    variables.put("PREFECT_API_URL", "http://env:4200/api/");
    assertThat(resolve().apiUrl())
        .contains(new Known<>(URI.create("http://env:4200/api"), "PREFECT_API_URL"));
    url = ours("https://ours.example.org/api");
    assertThat(resolve().apiUrl())
        .contains(new Known<>(URI.create("https://ours.example.org/api"), "mahavishnu.yaml:3:5"));
  }

  @Test
  void a_key_of_prefects_own_settings_is_not_led_to_another_server() throws IOException {
    profiles(TWO_PROFILES);
    variables.put("PREFECT_PROFILE", "cloud");
    url = ours("https://elsewhere.example.org/api");
    assertThat(resolve().credential()).isEmpty();
    assertThat(resolve().notes())
        .singleElement()
        .asString()
        .contains("profile cloud is for another server than mahavishnu.yaml:3:5 names")
        .doesNotContain("pnu_cloudkey");

    url = ours("https://API.prefect.cloud:443" + URI.create(CLOUD).getPath());
    assertThat(resolve().credential()).as("the same server").isPresent();
    key = ours("pnu_ours");
    url = ours("https://elsewhere.example.org/api");
    assertThat(resolve().credential().orElseThrow().value())
        .isEqualTo(new Credential.ApiKey("pnu_ours"));
  }

  @Test
  void a_credential_without_a_url_of_its_own_serves_the_url_of_ours() {
    variables.put("PREFECT_API_AUTH_STRING", "admin:pass");
    url = ours("http://127.0.0.1:4200/api");
    assertThat(resolve().credential())
        .contains(new Known<>(new Credential.AuthString("admin:pass"), "PREFECT_API_AUTH_STRING"));
  }

  @Test
  void the_auth_string_wins_over_the_key_as_it_does_for_prefect() {
    variables.put("PREFECT_API_URL", "http://127.0.0.1:4200/api");
    variables.put("PREFECT_API_KEY", "pnu_k");
    variables.put("PREFECT_API_AUTH_STRING", "admin:pass");
    Credential credential = resolve().credential().orElseThrow().value();
    assertThat(credential.header()).isEqualTo("Basic YWRtaW46cGFzcw==");
    assertThat(new Credential.ApiKey("pnu_k").header()).isEqualTo("Bearer pnu_k");
  }

  @Test
  void credentials_in_the_url_are_used_and_never_shown() {
    url = ours("http://ann:secretword@127.0.0.1:4200/api");
    PrefectSettings settings = resolve();
    assertThat(settings.apiUrl().orElseThrow().value())
        .isEqualTo(URI.create("http://127.0.0.1:4200/api"));
    assertThat(settings.credential().orElseThrow().value())
        .isEqualTo(new Credential.AuthString("ann:secretword"));
  }

  @Test
  void nothing_secret_is_in_what_is_printed() {
    url = ours("http://ann:inurl@127.0.0.1:4200/api");
    key = ours("pnu_key");
    auth = ours("ann:authword");
    PrefectSettings.Configured configured =
        new PrefectSettings.Configured(url, key, auth, workspace, Duration.ofSeconds(1), 0);
    assertThat(resolve().toString() + configured)
        .contains("127.0.0.1:4200")
        .doesNotContain("inurl", "pnu_key", "authword");
    assertThat(new Credential.ApiKey("pnu_key")).hasToString("API key ***");
  }

  @Test
  void a_workspace_of_cloud_completes_the_url() {
    workspace = ours(WORKSPACE);
    assertThat(resolve().apiUrl().orElseThrow().value()).isEqualTo(URI.create(CLOUD));
    url = ours("https://api.prefect.cloud/api");
    assertThat(resolve().apiUrl().orElseThrow().value()).isEqualTo(URI.create(CLOUD));
    url = ours("http://127.0.0.1:4200/api");
    assertThat(resolve().apiUrl().orElseThrow().value())
        .as("a server of one's own has no workspaces")
        .isEqualTo(URI.create("http://127.0.0.1:4200/api"));
    url = Optional.empty();
    workspace = ours("my-account/my-workspace");
    assertThatThrownBy(this::resolve)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "mahavishnu.yaml:3:5: expected the ids of an account and a workspace,"
                + " ACCOUNT_ID/WORKSPACE_ID");
  }

  @Test
  void a_url_that_is_none_is_told_with_its_origin_and_without_its_text() {
    for (String wrong : new String[] {"ftp://x/api", "127.0.0.1", "http://a b", "http://h/?k=1"}) {
      variables.put("PREFECT_API_URL", wrong);
      assertThatThrownBy(this::resolve)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("PREFECT_API_URL: expected a URL such as http://127.0.0.1:4200/api");
    }
  }

  @Test
  void usual_mistakes_in_the_url_are_noted() {
    url = ours("https://app.prefect.cloud/account/x/workspace/y");
    assertThat(resolve().notes()).singleElement().asString().contains("api.prefect.cloud");
    url = ours("https://api.prefect.cloud/api");
    assertThat(resolve().notes()).singleElement().asString().contains("accounts/ACCOUNT_ID");
    url = ours("http://127.0.0.1:4200");
    assertThat(resolve().notes()).singleElement().asString().contains("ends with /api");
  }

  @Test
  void a_broken_profiles_file_is_noted_without_quoting_it() throws IOException {
    profiles("active = \"local\"\n[profiles.local]\nPREFECT_API_KEY = pnu_secret unquoted\n");
    assertThat(resolve().apiUrl()).isEmpty();
    assertThat(resolve().notes())
        .singleElement()
        .asString()
        .contains("profiles.toml", "line 3", "not TOML")
        .doesNotContain("pnu_secret");
  }
}
