package dev.mahavishnu.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code init}: a workspace with an example. */
@Command(
    name = "init",
    description = "Make a workspace with an example flow.",
    footer = {"init", "init shop"})
final class Init implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder; by default the current one. It is made where it is not there.")
  @Nullable Path folder;

  Init(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Path root =
        Optional.ofNullable(folder)
            .map(f -> bench.env().cwd().resolve(f).normalize())
            .or(() -> bench.folder())
            .orElse(bench.env().cwd());
    List<Path> made = new ArrayList<>();
    try {
      make(root.resolve("flows").resolve("hello.yaml"), text("hello.yaml"), made);
      make(root.resolve("flow.schema.json"), WorkflowSchema.text() + "\n", made);
      make(root.resolve("mahavishnu.yaml"), text("mahavishnu.yaml"), made);
    } catch (IOException e) {
      throw CommandFailure.usage("can't make a workspace in " + root + ": " + Reasons.of(e));
    }
    tell(root, made);
    return ExitCode.COMPLETED;
  }

  private static void make(Path file, String text, List<Path> made) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, text);
      made.add(file);
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = Init.class.getResourceAsStream("init/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void tell(Path root, List<Path> made) {
    Path cwd = bench.env().cwd();
    if (made.isEmpty()) {
      bench.out().println("Nothing to do: " + root + " is a workspace already.");
    }
    made.forEach(file -> bench.out().println("made " + Workspace.shown(file, cwd)));
    String where = root.equals(cwd) ? "" : " -C " + Workspace.shown(root, cwd);
    bench
        .out()
        .println(
            """

            Next:
              mahavishnu%1$s workflow show hello
              mahavishnu%1$s workflow trigger --name hello --adapter prefect --param name=you
              mahavishnu%1$s run list\
            """
                .formatted(where));
  }
}
