package dev.mahavishnu.llm;

import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.FlowReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a model may be told of the place it works in. Asked anew for each turn: what is there
 * changes while people talk. Safe for several threads.
 */
public interface Surroundings {
  /** The workspace, absolute; files of a draft are relative to it. */
  Path root();

  /** The flows that can be run by name, those with problems too. */
  List<KnownFlow> flows();

  /** The runs of the workspace; empty where none was ever stored. */
  Optional<RunHistory> history();

  /** Takes secrets out of whatever is about to be sent. */
  Redactor redactor();

  /** Names of the deployments that are known, as flow and name: {@code etl/nightly}. */
  List<String> deployments();

  /** Reads and validates what a model proposes. */
  FlowReader reader();

  /** What time it is; its zone is that of schedules that name none. */
  Clock clock();

  /**
   * A flow in its file.
   *
   * @param name of the flow, or of the file where it can't be read
   * @param file absolute
   * @param text what the file holds
   */
  record KnownFlow(String name, Path file, String text) {}
}
