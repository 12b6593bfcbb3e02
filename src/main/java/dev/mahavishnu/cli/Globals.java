package dev.mahavishnu.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may be said with every command.
 *
 * @param settings {@code key=value}
 */
record Globals(Optional<Path> folder, Optional<Configuration.Color> color, List<String> settings) {
  static final Globals NONE = new Globals(Optional.empty(), Optional.empty(), List.of());

  Globals {
    settings = List.copyOf(settings);
  }

  /** What is not said here is as it was said for the whole session. */
  Globals over(Globals session) {
    List<String> both = new ArrayList<>(session.settings());
    both.addAll(settings);
    return new Globals(folder.or(session::folder), color.or(session::color), both);
  }
}
