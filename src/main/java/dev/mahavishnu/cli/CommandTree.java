package dev.mahavishnu.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The tree of commands. Making a command costs start-up time, so the tree for one command line has
 * only what that line may mean; where no word of it is known, everything that it could have meant.
 */
final class CommandTree {
  /** Makes a command. */
  private interface Maker extends Function<Workbench, Callable<Integer>> {}

  /**
   * A place in the tree.
   *
   * @param path the words that lead to it
   */
  private record Entry(List<String> path, Maker maker) {
    String word() {
      return path.getLast();
    }
  }

  /** In the order of help. */
  private static final List<Entry> COMMANDS =
      List.of(
          entry(_ -> new Workflow(), "workflow"),
          entry(WorkflowList::new, "workflow", "list"),
          entry(WorkflowShow::new, "workflow", "show"),
          entry(WorkflowGraph::new, "workflow", "graph"),
          entry(WorkflowValidate::new, "workflow", "validate"),
          entry(WorkflowSchema::new, "workflow", "schema"),
          entry(WorkflowDiff::new, "workflow", "diff"),
          entry(WorkflowPlan::new, "workflow", "plan"),
          entry(WorkflowTrigger::new, "workflow", "trigger"),
          entry(_ -> new Run(), "run"),
          entry(RunList::new, "run", "list"),
          entry(RunShow::new, "run", "show"),
          entry(RunGraph::new, "run", "graph"),
          entry(RunPage::new, "run", "report"),
          entry(RunLogs::new, "run", "logs"),
          entry(RunWatch::new, "run", "watch"),
          entry(RunCancel::new, "run", "cancel"),
          entry(RunPause::new, "run", "pause"),
          entry(RunResume::new, "run", "resume"),
          entry(RunRetry::new, "run", "retry"),
          entry(RunApprove::new, "run", "approve"),
          entry(RunDeny::new, "run", "deny"),
          entry(RunBreak::new, "run", "break"),
          entry(RunStep::new, "run", "step"),
          entry(RunNext::new, "run", "next"),
          entry(RunContinue::new, "run", "continue"),
          entry(RunWhere::new, "run", "where"),
          entry(RunPrint::new, "run", "print"),
          entry(RunInputs::new, "run", "inputs"),
          entry(RunEnv::new, "run", "env"),
          entry(RunShell::new, "run", "shell"),
          entry(RunSet::new, "run", "set"),
          entry(RunSkip::new, "run", "skip"),
          entry(RunMark::new, "run", "mark"),
          entry(RunAgain::new, "run", "again"),
          entry(RunEdit::new, "run", "edit"),
          entry(RunAlone::new, "run", "alone"),
          entry(RunFork::new, "run", "fork"),
          entry(RunDiff::new, "run", "diff"),
          entry(RunWhy::new, "run", "why"),
          entry(RunDelete::new, "run", "delete"),
          entry(RunPrune::new, "run", "prune"),
          entry(Debug::new, "debug"),
          entry(AnyGraph::new, "graph"),
          entry(RunPage::new, "report"),
          entry(Ps::new, "ps"),
          entry(Top::new, "top"),
          entry(RecentErrors::new, "errors"),
          entry(RunLogs::new, "logs"),
          entry(Tail::new, "tail"),
          entry(Serve::new, "serve"),
          entry(_ -> new Deployment(), "deployment"),
          entry(DeploymentApply::new, "deployment", "apply"),
          entry(DeploymentList::new, "deployment", "list"),
          entry(DeploymentShow::new, "deployment", "show"),
          entry(DeploymentRun::new, "deployment", "run"),
          entry(DeploymentPause::new, "deployment", "pause"),
          entry(DeploymentResume::new, "deployment", "resume"),
          entry(DeploymentPromote::new, "deployment", "promote"),
          entry(DeploymentDelete::new, "deployment", "delete"),
          entry(_ -> new Schedule(), "schedule"),
          entry(ScheduleList::new, "schedule", "list"),
          entry(ScheduleSet::new, "schedule", "set"),
          entry(SchedulePause::new, "schedule", "pause"),
          entry(ScheduleResume::new, "schedule", "resume"),
          entry(ScheduleDelete::new, "schedule", "delete"),
          entry(_ -> new Prefect(), "prefect"),
          entry(PrefectSync::new, "prefect", "sync"),
          entry(_ -> new Workpool(), "workpool"),
          entry(WorkpoolCreate::new, "workpool", "create"),
          entry(WorkpoolList::new, "workpool", "list"),
          entry(WorkpoolShow::new, "workpool", "show"),
          entry(WorkpoolPause::new, "workpool", "pause"),
          entry(WorkpoolResume::new, "workpool", "resume"),
          entry(WorkpoolDelete::new, "workpool", "delete"),
          entry(_ -> new Worker(), "worker"),
          entry(WorkerStart::new, "worker", "start"),
          entry(WorkerList::new, "worker", "list"),
          entry(_ -> new Mcp(), "mcp"),
          entry(McpServe::new, "mcp", "serve"),
          entry(Init::new, "init"),
          entry(_ -> new Config(), "config"),
          entry(ConfigShow::new, "config", "show"),
          entry(Doctor::new, "doctor"));

  /** Words that ask for all that there is. */
  private static final Set<String> HELP = Set.of("--help", "-h");

  private CommandTree() {}

  private static Entry entry(Maker maker, String... words) {
    return new Entry(List.of(words), maker);
  }

  /** The whole tree, for help and completion. */
  static CommandLine whole(Workbench bench) {
    return build(bench, HELP);
  }

  /** The tree for a command line of these words. */
  static CommandLine build(Workbench bench, Set<String> words) {
    CommandLine root = new CommandLine(new Root(bench));
    fill(root, List.of(), bench, words);
    return root;
  }

  private static void fill(
      CommandLine parent, List<String> path, Workbench bench, Set<String> words) {
    List<Entry> children = children(path);
    boolean known = children.stream().map(Entry::word).anyMatch(words::contains);
    if (!known && path.isEmpty() && HELP.stream().noneMatch(words::contains)) {
      return;
    }
    for (Entry child : children) {
      if (!known || words.contains(child.word())) {
        CommandLine line = new CommandLine(child.maker().apply(bench));
        fill(line, child.path(), bench, words);
        parent.addSubcommand(child.word(), line);
      }
    }
  }

  private static List<Entry> children(List<String> path) {
    return COMMANDS.stream()
        .filter(e -> e.path().size() == path.size() + 1)
        .filter(e -> e.path().subList(0, path.size()).equals(path))
        .toList();
  }

  /** The words that lead to a command, without the program's name. */
  static List<String> path(CommandLine command) {
    List<String> words = List.of(command.getCommandSpec().qualifiedName().split(" "));
    return words.subList(1, words.size());
  }

  /** Whether it does something, and does not only have others under it. */
  static boolean isCommand(CommandLine command) {
    Object maker = command.getCommandSpec().userObject();
    return !(maker instanceof Noun) && !(maker instanceof Root);
  }

  /** The words that may follow these ones. */
  static List<String> next(List<String> path) {
    return children(path).stream().map(Entry::word).toList();
  }

  /** A command that only has others under it. */
  private abstract static sealed class Noun implements Callable<Integer> {
    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() {
      CommandSpec said = java.util.Objects.requireNonNull(spec);
      throw new CommandLine.ParameterException(
          said.commandLine(), "say what to do: " + String.join(", ", next(List.of(said.name()))));
    }
  }

  @Command(name = "workflow", description = "Flows: what should happen.")
  private static final class Workflow extends Noun {}

  @Command(name = "run", description = "Flow runs: what happens, and what happened.")
  private static final class Run extends Noun {}

  @Command(name = "deployment", description = "Flows on a Prefect server.")
  private static final class Deployment extends Noun {}

  @Command(name = "schedule", description = "When a Prefect server runs deployments by itself.")
  private static final class Schedule extends Noun {}

  @Command(name = "prefect", description = "The Prefect server.")
  private static final class Prefect extends Noun {}

  @Command(
      name = "workpool",
      description = "Work pools of a Prefect server, which hold flow runs for workers.")
  private static final class Workpool extends Noun {}

  @Command(name = "worker", description = "Workers, which execute the flow runs of a work pool.")
  private static final class Worker extends Noun {}

  @Command(name = "mcp", description = "Mahavishnu as a tool of other assistants.")
  private static final class Mcp extends Noun {}

  @Command(name = "config", description = "The configuration.")
  private static final class Config extends Noun {}
}
