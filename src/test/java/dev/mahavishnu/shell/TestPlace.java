package dev.mahavishnu.shell;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import dev.mahavishnu.view.Palette;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A workplace without an engine: {@code steps a b} plans a flow of two steps, {@code and c} adds
 * one to the draft; runs end at once, as they are told.
 */
final class TestPlace implements Workplace {
  private final Path root;
  final List<FlowSource> ran = new ArrayList<>();
  final List<FlowSource> detached = new ArrayList<>();

  /** The run that is debugged. */
  @Nullable RunId debugged;

  final List<String> commands = new ArrayList<>();
  final List<RunId> resumed = new ArrayList<>();
  final List<Optional<FlowSource>> changes = new ArrayList<>();
  final List<RunId> away = new CopyOnWriteArrayList<>();
  final Set<RunId> held = ConcurrentHashMap.newKeySet();
  final Map<RunId, Integer> ended = new ConcurrentHashMap<>();
  Optional<Assistant> assistant = Optional.empty();
  Optional<RunHistory> history = Optional.empty();
  Optional<RunId> lastRun = Optional.empty();
  final Map<String, Flow> flows = new TreeMap<>();
  String model = "offline";
  Palette palette = Palette.ASCII;
  final Redactor redactor = new Redactor();
  private final RandomGenerator random = new SplittableRandom(1);
  Function<Runnable, Surface.Hold> interrupting = _ -> () -> {};
  final List<Runnable> interrupts = new CopyOnWriteArrayList<>();
  int followed;
  private Commands commandTree = fewest();

  TestPlace(Path root) {
    this.root = root;
  }

  /** The same with other commands. */
  TestPlace with(Commands other) {
    commandTree = other;
    return this;
  }

  static Flow flow(String name, String... steps) {
    List<Task> tasks = new ArrayList<>();
    for (String step : steps) {
      tasks.add(Task.of(step, new Work.Shell(Optional.of("./" + step + ".sh"), List.of())));
    }
    return Flow.of(name, tasks);
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public Path flows() {
    return root.resolve("flows");
  }

  @Override
  public Path state() {
    return root;
  }

  @Override
  public Path createState() {
    return root;
  }

  @Override
  public Map<String, String> variables() {
    return Map.of();
  }

  @Override
  public Palette palette() {
    return palette;
  }

  @Override
  public Commands commands() {
    return commandTree;
  }

  private Commands fewest() {
    return new Commands() {
      @Override
      public Reading read(List<String> words) {
        return words.equals(List.of("run", "list"))
            ? new Reading.Whole()
            : new Reading.Unknown(
                words.equals(List.of("run", "lst")) ? "did you mean `run list`?" : "");
      }

      @Override
      public int run(List<String> words) {
        commands.add(String.join(" ", words));
        return words.contains("fail") ? 4 : 0;
      }

      @Override
      public Optional<RunId> debugged() {
        return Optional.ofNullable(debugged);
      }

      @Override
      public void debugNoMore() {
        debugged = null;
      }

      @Override
      public List<String> shell(RunId run, String task, Path scratch) {
        return List.of("true", run.text(), task);
      }

      @Override
      public List<Candidate> complete(List<String> words, String begun) {
        return List.of();
      }

      @Override
      public List<String> next(List<String> path) {
        return List.of();
      }
    };
  }

  @Override
  public Planner planner() {
    return (request, _) -> {
      String[] words = request.text().split(" ");
      return switch (words[0]) {
        case "steps" ->
            new Proposal.Proposed(
                flow(words[1], List.of(words).subList(1, words.length).toArray(String[]::new)),
                List.of("a note"));
        case "and" -> {
          List<Task> tasks = new ArrayList<>(request.draft().orElseThrow().tasks());
          tasks.addAll(flow("x", words[1]).tasks());
          yield new Proposal.Proposed(request.draft().get().withTasks(tasks), List.of());
        }
        case "either" ->
            new Proposal.Question(
                "which?",
                List.of(
                    new Proposal.Choice("one", "steps one"),
                    new Proposal.Choice("two", "steps two")));
        case "never" -> new Proposal.Refused("that can't be done; do something else");
        case "break" -> throw new IllegalStateException("broken");
        default ->
            new Proposal.NotUnderstood(
                List.of(
                    new Proposal.Unclear(
                        0,
                        words[0].length(),
                        words[0],
                        "no known verb",
                        "steps NAME…",
                        "steps a")));
      };
    };
  }

  @Override
  public Optional<Assistant> assistant() {
    return assistant;
  }

  @Override
  public Models models() {
    return new Models() {
      @Override
      public String current() {
        return model;
      }

      @Override
      public String why() {
        return "no key is set; set OPENAI_API_KEY";
      }

      @Override
      public List<String> list() {
        return List.of("big", "small");
      }

      @Override
      public void use(String name) {
        model = name;
      }
    };
  }

  @Override
  public Redactor redactor() {
    return redactor;
  }

  @Override
  public int resume(RunId run, Optional<FlowSource> changed) {
    resumed.add(run);
    changes.add(changed);
    return followed;
  }

  @Override
  public List<String> resumePlan(RunId run, Optional<FlowSource> changed) {
    return List.of("keeps 1: a", "runs 1: b");
  }

  @Override
  public Optional<RunId> lastRun() {
    return lastRun;
  }

  @Override
  public Surface.Hold onInterrupt(Runnable first) {
    Surface.Hold hold = interrupting.apply(first);
    interrupts.add(first);
    return () -> {
      interrupts.remove(first);
      hold.close();
    };
  }

  @Override
  public Clock clock() {
    return Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public ExpressionChecker expressions() {
    return new Expressions();
  }

  @Override
  public ReadResult read(String name, String text, Path folder) {
    return new FlowReader(expressions()).read(name, text, folder);
  }

  @Override
  public Optional<RunHistory> history() {
    return history;
  }

  @Override
  public Set<String> flowNames() {
    return Set.of();
  }

  @Override
  public Optional<Flow> flow(String name) {
    return Optional.ofNullable(flows.get(name));
  }

  @Override
  public int run(FlowSource source, ObjectNode parameters) {
    ran.add(source);
    return followed;
  }

  @Override
  public int detach(FlowSource source, ObjectNode parameters) {
    detached.add(source);
    return 0;
  }

  @Override
  public RunId find(String text) {
    return new RunId(text);
  }

  @Override
  public boolean isHeld(RunId run) {
    return held.contains(run);
  }

  @Override
  public int exitCode(RunId run) {
    return ended.getOrDefault(run, 0);
  }

  @Override
  public List<RunId> detached() {
    return List.copyOf(away);
  }

  @Override
  public Reason reason(RuntimeException e) {
    return new Reason(70, List.of("internal error (" + e.getMessage() + ")"));
  }
}
