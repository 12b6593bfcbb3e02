package dev.mahavishnu.cli;

import dev.mahavishnu.run.Command.Approve;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run approve}: answers a task that waits for a person. */
@Command(
    name = "approve",
    description = "Answer a task that waits for a person with yes, and go on with the run.",
    footer = {"run approve last", "run approve k7q2 deploy --note \"looked at it\""})
final class RunApprove implements Callable<Integer> {
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

  RunApprove(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Approve answer = new Approve(bench.person(), Optional.ofNullable(task), note);
    return new Decision(bench, execution).send(new Runs(bench).find(run), answer);
  }
}
