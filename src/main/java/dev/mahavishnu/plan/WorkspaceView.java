package dev.mahavishnu.plan;

import java.util.Set;
import java.util.function.Predicate;

/** What a planner may know of the workspace: names, no contents. */
public interface WorkspaceView {
  /** A workspace in which nothing exists yet. */
  WorkspaceView EMPTY = of(Set.of(), _ -> false);

  /** Names of the flows that can be run by name. */
  Set<String> flows();

  /**
   * Whether a file is there.
   *
   * @param path as a flow would name it: absolute, or relative to the folder the flow will be in
   */
  boolean hasFile(String path);

  /** A view of these flows and of the files that the test knows. */
  static WorkspaceView of(Set<String> flows, Predicate<String> files) {
    Set<String> names = Set.copyOf(flows);
    return new WorkspaceView() {
      @Override
      public Set<String> flows() {
        return names;
      }

      @Override
      public boolean hasFile(String path) {
        return files.test(path);
      }
    };
  }
}
