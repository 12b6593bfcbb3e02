package dev.mahavishnu.shell;

import dev.mahavishnu.plan.WorkspaceView;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The workspace as a planner may see it. */
final class Seen implements WorkspaceView {
  private final Workplace place;
  private final Path folder;

  Seen(Workplace place, Optional<Draft> draft) {
    this.place = place;
    this.folder = draft.map(Draft::folder).orElse(place.root());
  }

  @Override
  public Set<String> flows() {
    return place.flowNames();
  }

  @Override
  public boolean hasFile(String path) {
    try {
      return Files.exists(folder.resolve(path));
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
