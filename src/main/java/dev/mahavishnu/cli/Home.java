package dev.mahavishnu.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * The folder that the program came in, with its configuration and example flows.
 *
 * @param folder absolute
 */
record Home(Path folder) {
  /** As the launcher says, else the folder above the classes that holds {@code config}. */
  static Optional<Home> find(Env env) {
    return env.variable("MAHAVISHNU_HOME").map(Path::of).or(Home::aboveClasses).map(Home::new);
  }

  private static Optional<Path> aboveClasses() {
    CodeSource source = Home.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      for (Path f = Path.of(source.getLocation().toURI()); f != null; f = f.getParent()) {
        if (Files.exists(f.resolve("config").resolve("mahavishnu.yaml"))) {
          return Optional.of(f);
        }
      }
    } catch (URISyntaxException _) {
      // Classes that do not come from a file have no folder above them.
    }
    return Optional.empty();
  }

  Path configuration() {
    return folder.resolve("config").resolve("mahavishnu.yaml");
  }

  Path flows() {
    return folder.resolve("config").resolve("flows");
  }
}
