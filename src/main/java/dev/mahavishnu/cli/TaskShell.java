package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** The system's shell where a task works, with its environment. */
final class TaskShell {
  private TaskShell() {}

  /**
   * The program. The environment comes by a file that only its owner can read and that deletes
   * itself: on a command line anybody would see the secrets.
   */
  static List<String> command(Env env, Look look, TaskKey task, Path scratch) {
    Map<String, String> environment = look.environment(task);
    Path folder = folder(look, task);
    StringBuilder script = new StringBuilder("rm -f -- \"$0\"\n");
    environment.forEach(
        (name, value) ->
            script.append("export ").append(name).append('=').append(quoted(value)).append('\n'));
    script.append("cd -- ").append(quoted(folder.toString())).append(" && exec ");
    script.append(quoted(shell(env))).append('\n');
    try {
      Path file =
          Files.createTempFile(
              scratch,
              "shell-",
              ".sh",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, script);
      return List.of("/bin/sh", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where the task works.
   *
   * @throws CommandFailure when there is no such folder
   */
  static Path folder(Look look, TaskKey task) {
    Path folder = look.workingDir(task);
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.usage("task `" + task + "` works in " + folder + ", which is no folder");
    }
    return folder;
  }

  static String shell(Env env) {
    return env.variable("SHELL").filter(s -> !s.isBlank()).orElse("/bin/sh");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
