package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code run break}: where a run stops. */
@Command(
    name = "break",
    description =
        "Have a run stop at a task: TASK, TASK:after, TASK:failed, *:failed, and a condition.",
    footer = {
      "run break last",
      "run break k7q2 load if attempt > 1",
      "run break last load --remove"
    })
final class RunBreak implements Callable<Integer> {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(
      index = "1..*",
      paramLabel = "BREAKPOINT",
      description =
          "As `load`, `load:after`, `*:failed`, `load if attempt > 1`. Without: lists them.")
  List<String> words = new ArrayList<>();

  @Option(names = "--remove", description = "Take this breakpoint away; without one, all.")
  boolean remove;

  RunBreak(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    RunId id = debugged.id(bench);
    Look look = debugged.look(bench, null);
    List<Breakpoint> before = look.fold().debugging().breakpoints();
    List<Breakpoint> after = words.isEmpty() && !remove ? before : changed(before, look);
    if (!after.equals(before)) {
      Optional<RunHandle> _ =
          bench.engine().command(id, new dev.mahavishnu.run.Command.Break(bench.person(), after));
      new Answer(bench, id).awaitFold(MOST, f -> f.debugging().breakpoints().equals(after));
    }
    debugged.answer(bench, () -> json(id, after), () -> text(after));
    return ExitCode.COMPLETED;
  }

  private List<Breakpoint> changed(List<Breakpoint> before, Look look) {
    if (words.isEmpty()) {
      return List.of();
    }
    Breakpoint named = named(String.join(" ", words), look);
    if (!remove) {
      return before.contains(named)
          ? before
          : Stream.concat(before.stream(), Stream.of(named)).toList();
    }
    List<Breakpoint> left =
        before.stream()
            .filter(b -> !(b.task().equals(named.task()) && b.moment() == named.moment()))
            .toList();
    if (left.size() == before.size()) {
      throw CommandFailure.usage(
          "no breakpoint `"
              + named
              + "`"
              + (before.isEmpty() ? "" : "; there is " + String.join(", ", texts(before))));
    }
    return left;
  }

  static Breakpoint named(String text, Look look) {
    Breakpoint breakpoint = parsed(text);
    TaskKey at =
        breakpoint.task().equals(Breakpoint.EVERY)
            ? TaskKey.of("", "any")
            : Debugged.task(breakpoint.task(), look);
    if (look.fold().scope(at.scope()).isPresent()) {
      breakpoint.condition().ifPresent(c -> check(c, look, at));
    }
    return breakpoint;
  }

  private static void check(String condition, Look look, TaskKey at) {
    String checked =
        Debugged.asked(
            () -> {
              look.check(condition, at);
              return condition;
            });
    assert checked.equals(condition);
  }

  /**
   * @throws CommandFailure when it is none
   */
  static Breakpoint parsed(String text) {
    try {
      return Breakpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> texts(List<Breakpoint> breakpoints) {
    return breakpoints.stream().map(Breakpoint::text).toList();
  }

  private static ObjectNode json(RunId id, List<Breakpoint> breakpoints) {
    ObjectNode json = Debugged.json("breakpoints", id);
    ArrayNode list = json.putArray("breakpoints");
    texts(breakpoints).forEach(list::add);
    return json;
  }

  private static List<String> text(List<Breakpoint> breakpoints) {
    return breakpoints.isEmpty()
        ? List.of("no breakpoints")
        : texts(breakpoints).stream().map(t -> "stops at " + t).toList();
  }
}
