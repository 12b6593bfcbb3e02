package dev.mahavishnu.task;

import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of the runs of this machine. Each carries the mark of its attempt; what cleared its
 * environment is found by its session or its parent.
 */
public final class RunProcesses {
  private final ProcessTable table;

  private RunProcesses(ProcessTable table) {
    this.table = table;
  }

  /**
   * Those of this machine.
   *
   * @throws IOException when it is not a Linux
   */
  public static RunProcesses ofThisMachine() throws IOException {
    return new RunProcesses(ProcessTable.of(Path.of("/proc")));
  }

  /** What the processes of tasks take now, by run; as far as we may know. */
  public Map<RunId, List<ProcessUse>> now() {
    Map<Long, RunId> owners = owners(table.all());
    Map<RunId, List<ProcessUse>> all = new HashMap<>();
    owners.forEach(
        (pid, run) ->
            table
                .use(pid)
                .ifPresent(use -> all.computeIfAbsent(run, _ -> new ArrayList<>()).add(use)));
    return all;
  }

  /** What one process takes now; empty when there is none. */
  public Optional<ProcessUse> process(long pid) {
    return table.use(pid);
  }

  private Map<Long, RunId> owners(List<ProcessTable.Entry> all) {
    Map<Long, RunId> owners = new HashMap<>();
    Map<Long, RunId> sessions = new HashMap<>();
    List<ProcessTable.Entry> others = new ArrayList<>();
    for (ProcessTable.Entry entry : all) {
      Optional<RunId> run = run(entry);
      run.ifPresent(
          id -> {
            owners.put(entry.pid(), id);
            sessions.put(entry.session(), id);
          });
      if (run.isEmpty()) {
        others.add(entry);
      }
    }
    boolean more = !owners.isEmpty();
    while (more) {
      more = others.removeIf(entry -> belongs(entry, owners, sessions));
    }
    return owners;
  }

  private static boolean belongs(
      ProcessTable.Entry entry, Map<Long, RunId> owners, Map<Long, RunId> sessions) {
    Optional<RunId> run =
        Optional.ofNullable(owners.get(entry.parent()))
            .or(() -> Optional.ofNullable(sessions.get(entry.session())));
    run.ifPresent(id -> owners.put(entry.pid(), id));
    return run.isPresent();
  }

  /** A mark is the run, the task and the attempt. */
  private Optional<RunId> run(ProcessTable.Entry entry) {
    return table
        .variable(entry.pid(), Family.MARK)
        .map(mark -> mark.substring(0, Math.max(0, mark.indexOf('/'))))
        .filter(RunId::isRunId)
        .map(RunId::new);
  }
}
