package dev.mahavishnu.cli;

import dev.mahavishnu.run.Command.Deny;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run deny}: answers a task that waits for a person. */
@Command(
    name = "deny",
    description = "Answer a task that waits for a person with no.",
    footer = "run deny last deploy --note \"not on a Friday\"")
final class RunDeny implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TASK",
      description = "Which task, where several wait.")
  @Nullable String task;

  @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the record.")
  String note = "";

  @Mixin Execution execution = new Execution();

  RunDeny(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Deny answer = new Deny(bench.person(), Optional.ofNullable(task), note);
    return new Decision(bench, execution).send(new Runs(bench).find(run), answer);
  }
}
