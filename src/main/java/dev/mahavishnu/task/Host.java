package dev.mahavishnu.task;

import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.secret.Secrets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The machine that processes are started on: its environment, programs and process table. */
final class Host {
  /** Values of an outer task, when this process is one of its. */
  private static final Pattern VALUE = Pattern.compile("MV_[0-9]+(_FILE)?");

  private final Map<String, String> environment;
  private volatile @Nullable ProcessTable processes;

  /**
   * @param environment of this process
   */
  Host(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  static Host ofThisProcess() {
    return new Host(System.getenv());
  }

  /** One for all: start times are compared by the machine's start as first read. */
  ProcessTable processes() throws TaskException {
    ProcessTable table = processes;
    if (table == null) {
      try {
        table = ProcessTable.of(Path.of("/proc"));
      } catch (IOException e) {
        throw new TaskException("processes need Linux: " + e.getMessage(), false);
      }
      processes = table;
    }
    return table;
  }

  Path setsid() throws TaskException {
    return find("setsid", Map.of())
        .orElseThrow(
            () ->
                new TaskException(
                    "setsid is not on PATH; install util-linux: without it a task could not be"
                        + " stopped with all its processes",
                    false));
  }

  /** A program on the PATH that a process with these variables added will have. */
  Optional<Path> find(String program, Map<String, String> added) {
    String path = added.getOrDefault("PATH", environment.getOrDefault("PATH", ""));
    for (String folder : path.split(File.pathSeparator)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Leaves in the environment of a new process what it may inherit: no secret of ours. */
  void inherit(Map<String, String> variables) {
    // What is there already is changed only where it must be: its bytes may be of any encoding.
    variables.keySet().removeIf(name -> !passes(name));
    environment.forEach(
        (name, value) -> {
          if (passes(name) && !value.equals(variables.get(name))) {
            variables.put(name, value);
          }
        });
  }

  private boolean passes(String name) {
    return environment.containsKey(name)
        && !name.startsWith(Secrets.VARIABLE_PREFIX)
        && !VALUE.matcher(name).matches();
  }
}
