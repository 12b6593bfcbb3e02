package dev.mahavishnu.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reading runs, from any process, while they run or after. Nothing here takes a run's lock. */
public interface RunHistory {
  /** Newest first. */
  Stream<RunSummary> list();

  Optional<RunSummary> summary(RunId run);

  /** The run as its journal tells it now. */
  Optional<RunFold> fold(RunId run);

  /** Events from {@code fromSeq} on that are in the journal now. */
  List<Recorded> events(RunId run, long fromSeq);

  /**
   * The events after one that was read before, at most so many: for who reads on at a pace of its
   * own and holds no more than a portion.
   *
   * @param after empty: from the first one on
   */
  default List<Recorded> events(RunId run, Optional<Recorded> after, int most) {
    long from = after.map(Recorded::seq).orElse(0L) + 1;
    return events(run, from).stream().limit(most).toList();
  }

  /** The output that the record at {@code position} holds; secret ones decrypted. */
  JsonNode output(RunId run, long position);

  /**
   * A page of the run's log.
   *
   * @param fromOffset 0, or {@link LogPage#next} of the page before
   */
  LogPage logs(RunId run, long fromOffset);

  /**
   * A page of what the log has of late: as {@link #logs}, but where more than {@code most} bytes
   * follow, only the last of them. For who looks at a run now, and not at all that it said.
   */
  default LogPage recentLogs(RunId run, long fromOffset, int most) {
    return logs(run, fromOffset);
  }

  /** The runs whose id is, starts with or ends with {@code text}. */
  List<RunId> find(String text);
}
