package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code workflow schema}: the JSON Schema of a flow, for editors. */
@Command(
    name = "schema",
    description = "Print the JSON Schema of a flow.",
    footer = "workflow schema")
final class WorkflowSchema implements Callable<Integer>, Paged {
  private final Workbench bench;

  /** The schema as it stands in a file. */
  static String text() {
    return FlowSchema.json().toPrettyString();
  }

  WorkflowSchema(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return true;
  }

  @Override
  public Integer call() {
    bench.out().println(text());
    return ExitCode.COMPLETED;
  }
}
