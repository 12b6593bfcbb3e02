package dev.mahavishnu.eval;

import dev.mahavishnu.plan.WorkspaceView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The workspace that a request happens in.
 *
 * @param files text by path
 * @param flows spec text by name
 * @param secrets names of secrets that are there
 */
record Place(Map<String, String> files, Map<String, String> flows, List<String> secrets) {
  static final Place EMPTY = new Place(Map.of(), Map.of(), List.of());

  Place {
    files = new TreeMap<>(files);
    flows = new TreeMap<>(flows);
    secrets = List.copyOf(secrets);
  }

  /** This one, and what another adds to it. */
  Place plus(Place more) {
    Map<String, String> allFiles = new TreeMap<>(files);
    allFiles.putAll(more.files);
    Map<String, String> allFlows = new TreeMap<>(flows);
    allFlows.putAll(more.flows);
    return new Place(allFiles, allFlows, more.secrets.isEmpty() ? secrets : more.secrets);
  }

  /** What a planner knows of it without reading anything. */
  WorkspaceView view() {
    return WorkspaceView.of(
        flows.keySet(),
        path -> files.containsKey(path.startsWith("./") ? path.substring(2) : path));
  }

  /** Makes it, as files under a folder that is empty. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    for (Map.Entry<String, String> flow : flows.entrySet()) {
      write(folder.resolve("flows").resolve(flow.getKey() + ".yaml"), flow.getValue());
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    if (text.startsWith("#!") && !file.toFile().setExecutable(true)) {
      throw new IOException("can't make it executable: " + file);
    }
  }
}
