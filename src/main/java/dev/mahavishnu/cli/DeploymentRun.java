package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.RunDraft;
import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.prefect.watch.ParameterSchema;
import dev.mahavishnu.prefect.watch.Readiness;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.view.Cells;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code deployment run}: makes a flow run of a deployment, for a worker to take. */
@Command(
    name = "run",
    description = "Let the server run a deployment, by a worker of its pool.",
    footer = {
      "deployment run orders --param day=2026-01-02 --watch",
      "deployment run orders --at 30m"
    })
final class DeploymentRun implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Mixin FlowParameters parameters = new FlowParameters();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Not before that time: 2026-01-01T06:00:00Z, or 30m from now.")
  @Nullable String at;

  @Option(
      names = "--watch",
      description = "Follow the run to its end, and say how long it waited to begin.")
  boolean watch;

  @Mixin ServerChoice server = new ServerChoice();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  DeploymentRun(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Optional<Instant> time = Optional.ofNullable(at).map(this::time);
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(name);
      ObjectNode values = values(one);
      Readiness ready = Readiness.of(served.client(), one);
      ready
          .refusal()
          .ifPresent(
              why -> {
                throw CommandFailure.unreachable(why + "; no run was made");
              });
      ready.note().map(Cells::clean).ifPresent(bench.err()::println);
      RunDraft draft = RunDraft.now().parameters(values);
      FlowRun run = run(served, one, time.map(draft::at).orElse(draft));
      return watch ? follow(served, run) : report(served, one, run, time);
    }
  }

  private ObjectNode values(DeploymentSearch.One one) {
    ParameterSchema schema = ParameterSchema.of(one.deployment());
    ObjectNode values = new JsonMapper().createObjectNode();
    parameters.given(bench, schema::value).forEach(values::set);
    List<String> problems = schema.problems(values);
    if (!problems.isEmpty()) {
      throw CommandFailure.usage(one.fullName() + ": " + String.join("; ", problems));
    }
    return values;
  }

  private static FlowRun run(Served served, DeploymentSearch.One one, RunDraft draft) {
    try {
      return served.client().deployments().run(one.deployment().id(), draft);
    } catch (PrefectException e) {
      if (e.fault().filter(Fault.Conflict.class::isInstance).isPresent()) {
        throw CommandFailure.usage(one.fullName() + ": " + e.why());
      }
      throw e;
    }
  }

  private Instant time(String text) {
    try {
      return Durations.isDuration(text)
          ? bench.env().clock().instant().plus(Durations.parse(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw CommandFailure.usage(
          "--at " + text + ": expected a time with its zone, as 2026-01-01T06:00:00Z, or 30m");
    }
  }

  private int follow(Served served, FlowRun run) {
    int code = new ServerFollow(bench, served.runs(), output).until(run);
    served.client().flowRuns().find(run.id()).flatMap(DeploymentRun::latency).ifPresent(this::say);
    return code;
  }

  /** From the moment at which it was due until it ran, by the server's clock. */
  private static Optional<Duration> latency(FlowRun run) {
    Optional<Instant> due = run.expectedStartTime().or(run::created);
    return due.flatMap(from -> run.startTime().map(start -> Duration.between(from, start)))
        .filter(span -> !span.isNegative());
  }

  private void say(Duration latency) {
    (output == OutputFormat.JSON ? bench.err() : bench.out())
        .println("it waited " + Spans.text(latency) + " from its trigger until it was running");
  }

  private int report(Served served, DeploymentSearch.One one, FlowRun run, Optional<Instant> time) {
    String page = served.settings().flowRunPage(run.id()).map(URI::toString).orElse("");
    if (output == OutputFormat.JSON) {
      ObjectNode json = new JsonMapper().createObjectNode().put("type", "started");
      json.put("deployment", one.fullName());
      json.put("run", run.id().toString()).put("name", run.name());
      run.state().ifPresent(s -> json.put("state", s.type()));
      time.ifPresent(t -> json.put("at", t.toString()));
      bench.out().println(json.put("url", page));
    } else {
      bench
          .out()
          .println(
              "run "
                  + Cells.clean(run.name())
                  + " of "
                  + Cells.clean(one.fullName())
                  + time.map(t -> ", not before " + Served.time(t)).orElse("")
                  + ": "
                  + page);
      bench.err().println("watch it with: " + served.runs().commandLine("watch", run));
    }
    return ExitCode.COMPLETED;
  }
}
