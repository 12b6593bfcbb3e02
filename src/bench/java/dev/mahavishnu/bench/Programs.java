package dev.mahavishnu.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program as a person starts it, in a workspace.
 *
 * @param server absent: none is configured
 * @param core absent: all of them
 */
record Programs(Path workspace, Optional<URI> server, Optional<Integer> core) {
  private static final String MAHAVISHNU = Path.of("mahavishnu").toAbsolutePath().toString();

  /** With that flow in it. */
  static Programs in(Path workspace, URI server) throws IOException {
    Files.createDirectories(workspace.resolve("flows"));
    return new Programs(workspace, Optional.of(server), Optional.empty());
  }

  Programs flow(String name, String text) throws IOException {
    Files.writeString(workspace.resolve("flows").resolve(name + ".yaml"), text);
    return this;
  }

  Programs withoutServer() {
    return new Programs(workspace, Optional.empty(), core);
  }

  /** What is started has this core and no other. */
  Programs on(int one) {
    return new Programs(workspace, server, Optional.of(one));
  }

  /** What it prints; it must end with 0. */
  List<String> run(String... args) throws IOException, InterruptedException {
    Path out = Files.createTempFile(workspace, "said", ".out");
    Process process = start(out, args);
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException(
          String.join(" ", args) + " ended with " + code + ", see " + out + " and said.err");
    }
    return Files.readAllLines(out);
  }

  /** In the background; to be ended by who starts it. */
  Process start(Path out, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    core.ifPresent(c -> command.addAll(List.of("taskset", "-c", String.valueOf(c))));
    command.add(MAHAVISHNU);
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workspace.toFile())
            .redirectOutput(out.toFile())
            .redirectError(
                ProcessBuilder.Redirect.appendTo(workspace.resolve("said.err").toFile()));
    builder.environment().keySet().removeIf(name -> name.contains("PREFECT"));
    server.ifPresent(
        url -> builder.environment().put("MAHAVISHNU_PREFECT__API_URL", url.toString()));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
