package dev.mahavishnu.cli;

import dev.mahavishnu.schedule.Missed;
import dev.mahavishnu.schedule.Overlap;
import dev.mahavishnu.schedule.Serving;
import dev.mahavishnu.schedule.Timetable;
import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Slot;
import dev.mahavishnu.view.ProblemView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve}: runs flows when their schedules and triggers say so. */
@Command(
    name = "serve",
    description = "Run the flows of the workspace when their schedules and triggers say so.",
    footer = {"serve", "serve orders --missed all --overlap skip", "serve --dry-run -n 3"})
final class Serve implements Callable<Integer> {
  /** No tag of a task has a blank. */
  static final String SLOT = "serve of the workspace";

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Workbench bench;

  @Parameters(paramLabel = "FLOW", description = "Only these flows.")
  List<String> flows = new ArrayList<>();

  @Option(
      names = "--missed",
      paramLabel = "POLICY",
      description = "Times at which nobody served: skip, once (the last one runs) or all.")
  @Nullable Missed missed;

  @Option(
      names = "--overlap",
      paramLabel = "POLICY",
      description = "When the flow's run before has not ended: allow or skip.")
  @Nullable Overlap overlap;

  @Option(names = "--limit", paramLabel = "N", description = "Most runs at a time.")
  @Nullable Integer limit;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description =
          "How long runs may go on after SIGTERM before they are suspended, 30s by default.")
  String grace = "30s";

  @Option(names = "--dry-run", description = "Print the next times and run nothing.")
  boolean dryRun;

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "With --dry-run: how many next times of each schedule, 5 by default.")
  int most = 5;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  private final AtomicBoolean suspended = new AtomicBoolean();

  Serve(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    ServeDisplay display = new ServeDisplay(bench, output);
    ServedFlows served =
        new ServedFlows(bench.workspace(), bench.flows(), this::invalid, this::unreadable);
    if (dryRun) {
      begin(display, served.get(), Optional.empty());
      return ExitCode.COMPLETED;
    }
    try (Slot _ = take()) {
      serve(display, served);
    }
    return suspended.get() ? ExitCode.INTERRUPTED : ExitCode.COMPLETED;
  }

  private void check() {
    if (bench.isOfMany()) {
      throw CommandFailure.usage(
          "serve goes on for ever: run it outside the shell, in a terminal of its own");
    }
    if (!Durations.isDuration(grace)) {
      throw CommandFailure.usage("--grace: expected a duration such as 30s");
    }
    if (!flows.isEmpty()) {
      checkFlows();
    }
  }

  private void checkFlows() {
    Set<String> here =
        Set.copyOf(bench.flows().ofWorkspace().stream().map(Flows.Entry::name).toList());
    for (String flow : flows) {
      if (!here.contains(flow)) {
        throw CommandFailure.usage(
            "no flow `" + flow + "` in this workspace" + Hints.like(flow, here));
      }
      bench.flows().named(flow);
    }
  }

  private Serving.Options options() {
    ScheduleConfiguration configured = bench.configuration().schedule();
    if (limit != null && limit < 1) {
      throw CommandFailure.usage("--limit: expected a number from 1 on");
    }
    return new Serving.Options(
        Optional.ofNullable(missed).orElse(configured.missed()),
        Optional.ofNullable(overlap).orElse(configured.overlap()),
        Optional.ofNullable(limit).orElse(configured.limit()));
  }

  private boolean chosen(String flow) {
    return flows.isEmpty() || flows.contains(flow);
  }

  /** One process serves a workspace. */
  private Slot take() {
    Path holder = bench.store().folder().resolve(Serving.NAME).resolve("holder");
    Optional<Slot> slot = bench.store().trySlot(SLOT, 1);
    try {
      if (slot.isEmpty()) {
        String who = Files.exists(holder) ? Files.readString(holder).strip() : "another process";
        throw CommandFailure.unreachable("this workspace is served already, by " + who);
      }
      Files.createDirectories(java.util.Objects.requireNonNull(holder.getParent()));
      Files.writeString(holder, "process " + ProcessHandle.current().pid() + "\n");
      return slot.get();
    } catch (IOException e) {
      slot.ifPresent(Slot::close);
      throw CommandFailure.configuration(holder + " can't be written: " + Reasons.of(e));
    }
  }

  private void serve(ServeDisplay display, ServedFlows served) throws InterruptedException {
    Serving.Options options = options();
    Serving.Parts parts =
        new Serving.Parts(
            bench.store(),
            bench.engine(),
            bench.expressions(),
            bench.env().clock(),
            new SplittableRandom());
    try (Serving serving = new Serving(parts, options, served, this::chosen, display::show);
        Interrupts.Registration _ =
            bench.env().interrupts().onInterrupt(() -> stop(serving, display));
        Interrupts.Registration _ =
            bench.env().interrupts().onTerminate(() -> terminate(serving, display))) {
      begin(display, served.get(), Optional.of(options));
      while (!serving.isDone()) {
        Optional<Instant> next = serving.step();
        Duration wait =
            next.map(at -> Duration.between(bench.env().clock().instant(), at)).orElse(LOOK);
        serving.pause(wait.compareTo(LOOK) < 0 ? wait.plusMillis(1) : LOOK);
      }
    }
  }

  private void stop(Serving serving, ServeDisplay display) {
    serving.stop();
    int going = serving.going();
    if (going > 0) {
      display.say(
          "no run starts any more; waiting for "
              + going
              + " that "
              + (going == 1 ? "goes" : "go")
              + " on; Ctrl-C again suspends, `serve` goes on with what is suspended");
      bench.env().interrupts().onInterrupt(() -> suspend(serving));
    }
  }

  private void suspend(Serving serving) {
    suspended.set(true);
    serving.suspend();
  }

  private void terminate(Serving serving, ServeDisplay display) {
    stop(serving, display);
    Instant until = bench.env().clock().instant().plus(Durations.parse(grace));
    while (!serving.isDone() && bench.env().clock().instant().isBefore(until)) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (!serving.isDone()) {
      suspend(serving);
    }
  }

  private void begin(ServeDisplay display, Timetable table, Optional<Serving.Options> options) {
    List<Timetable.Next> next =
        table.next(bench.env().clock().instant(), options.isPresent() ? 1 : most, this::chosen);
    long followers = table.followers().stream().filter(f -> chosen(f.flow())).count();
    options.ifPresent(
        o ->
            display.say(
                "Serving "
                    + bench.workspace().root()
                    + ": missed times "
                    + o.missed().text()
                    + ", overlapping runs "
                    + o.overlap().text()
                    + ", at most "
                    + o.limit()
                    + " runs at a time. Ctrl-C ends it."));
    display.next(next);
    table.followers().stream()
        .filter(f -> chosen(f.flow()))
        .forEach(
            f ->
                display.say(
                    "  "
                        + f.flow()
                        + " after "
                        + f.trigger().after()
                        + ", "
                        + f.trigger().state().text()));
    if (next.isEmpty() && followers == 0) {
      display.say("No flow here has a schedule with times to come, or a trigger.");
    }
    if (options.isEmpty()) {
      table.problems().forEach(display::say);
    }
  }

  private void invalid(Flows.Entry entry, boolean earlier) {
    if (entry.result() instanceof ReadResult.Invalid bad) {
      new ProblemView(bench.errorPalette())
          .lines(bad.problems(), entry.text(), 200)
          .forEach(bench.err()::println);
      bench
          .err()
          .println(
              entry.shown()
                  + (earlier
                      ? ": as it was before stays in force"
                      : " is left out until it is valid"));
      bench.err().flush();
    }
  }

  private void unreadable(String why, boolean earlier) {
    bench
        .err()
        .println(
            why
                + (earlier
                    ? "; as it was before stays in force"
                    : "; it is left out until it can"));
    bench.err().flush();
  }
}
