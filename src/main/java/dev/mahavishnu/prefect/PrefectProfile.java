package dev.mahavishnu.prefect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * The active profile of the Prefect user, as {@code prefect profile use} chose it.
 *
 * @param origin the file and the profile's name
 * @param fault why the file says nothing, though it is there
 */
record PrefectProfile(JsonNode values, String origin, Optional<String> fault) {
  private static final PrefectProfile NONE =
      new PrefectProfile(MissingNode.getInstance(), "", Optional.empty());

  /**
   * @param environment {@code PREFECT_PROFILE}, {@code PREFECT_PROFILES_PATH} and {@code
   *     PREFECT_HOME} count as they do for Prefect
   */
  static PrefectProfile read(Function<String, Optional<String>> environment, Path userHome) {
    Path file =
        environment
            .apply("PREFECT_PROFILES_PATH")
            .map(Path::of)
            .orElseGet(
                () ->
                    environment
                        .apply("PREFECT_HOME")
                        .map(Path::of)
                        .orElse(userHome.resolve(".prefect"))
                        .resolve("profiles.toml"));
    if (!Files.exists(file)) {
      return NONE;
    }
    try {
      JsonNode root = new TomlMapper().readTree(Files.readString(file));
      String name =
          environment.apply("PREFECT_PROFILE").orElseGet(() -> root.path("active").asString(""));
      return new PrefectProfile(
          root.path("profiles").path(name), file + ", profile " + name, Optional.empty());
    } catch (JacksonException e) {
      // The message of the parser may quote a key.
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      return ill(file + line + ": not TOML, so no profile of Prefect counts");
    } catch (IOException _) {
      return ill(file + " can't be read, so no profile of Prefect counts");
    }
  }

  private static PrefectProfile ill(String fault) {
    return new PrefectProfile(MissingNode.getInstance(), "", Optional.of(fault));
  }

  Optional<Known<String>> value(String name) {
    String text = values.path(name).asString("").strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(new Known<>(text, origin));
  }
}
