package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code run list [--limit N]}, {@code run show RUN}, {@code workflow trigger …}. */
final class FewCommands implements Commands {
  @Override
  public Reading read(List<String> words) {
    String line = String.join(" ", words);
    if (line.matches(
        "run list( --limit \\d+)?|run show \\S+|workflow trigger --name \\w+( --no-wait)?")) {
      return new Reading.Whole();
    }
    if (line.startsWith("run list ")) {
      return new Reading.Wrong("unknown argument `" + words.get(2) + "`");
    }
    if (line.equals("run show")) {
      return new Reading.Wrong("missing RUN");
    }
    return new Reading.Unknown(line.equals("run lst") ? "did you mean `run list`?" : "");
  }

  @Override
  public int run(List<String> words) {
    throw new AssertionError("nothing runs here");
  }

  @Override
  public Optional<RunId> debugged() {
    return Optional.empty();
  }

  @Override
  public void debugNoMore() {
    throw new AssertionError("nothing is debugged here");
  }

  @Override
  public List<String> shell(RunId run, String task, Path scratch) {
    throw new AssertionError("nothing is debugged here");
  }

  @Override
  public List<String> next(List<String> path) {
    return switch (String.join(" ", path)) {
      case "" -> List.of("run", "workflow");
      case "run" -> List.of("list", "show");
      case "workflow" -> List.of("trigger");
      default -> List.of();
    };
  }

  @Override
  public List<Candidate> complete(List<String> words, String begun) {
    return List.of();
  }
}
