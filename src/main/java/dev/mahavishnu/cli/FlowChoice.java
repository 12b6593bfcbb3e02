package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which flow a command is about: said in one of three ways. */
final class FlowChoice {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FLOW",
      description = "Name of a flow, or path of its file; - is standard input.")
  @Nullable String flow;

  @Option(names = "--name", paramLabel = "NAME", description = "Name of a flow.")
  @Nullable String name;

  @Option(names = "--file", paramLabel = "FILE", description = "Path of a flow's file.")
  @Nullable String file;

  /** Said by {@link Detached} for a flow whose files are not beside its own. */
  static final String FOLDER = "--flow-folder";

  @Option(names = FOLDER, paramLabel = "DIR", hidden = true)
  @Nullable Path folder;

  /** Several words in the place of a name. */
  Optional<String> sentence() {
    return Optional.ofNullable(flow)
        .filter(f -> name == null && file == null && f.strip().contains(" "));
  }

  boolean isStandardInput() {
    return "-".equals(file) || "-".equals(flow);
  }

  /** What may be the name of something that is no flow of the workspace. */
  Optional<String> otherName(Workbench bench) {
    if (count() != 1 || file != null || isStandardInput()) {
      return Optional.empty();
    }
    if (name != null) {
      return Optional.of(name).filter(n -> !bench.flows().names().contains(n));
    }
    String text = java.util.Objects.requireNonNull(flow);
    boolean isFlow =
        bench.flows().names().contains(text)
            || java.nio.file.Files.exists(bench.env().cwd().resolve(text));
    return isFlow ? Optional.empty() : Optional.of(text);
  }

  private long count() {
    return Stream.of(flow, name, file).filter(java.util.Objects::nonNull).count();
  }

  FlowSource source(Workbench bench) {
    if (count() != 1) {
      throw CommandFailure.usage("say which flow: --name NAME or --file FILE");
    }
    if (name != null) {
      return bench.flows().named(name);
    }
    if (file != null && folder != null) {
      return bench.flows().file(file, folder);
    }
    return file != null
        ? bench.flows().file(file)
        : bench.flows().find(java.util.Objects.requireNonNull(flow));
  }
}
