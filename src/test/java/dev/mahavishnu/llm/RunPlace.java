package dev.mahavishnu.llm;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.FlowReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A workspace with runs, and a model that answers as the test says. */
final class RunPlace implements Surroundings, Chat {
  final List<Call> calls = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final StringBuilder said = new StringBuilder();
  final List<KnownFlow> flows = new ArrayList<>();
  final Redactor redactor = new Redactor();
  final Progress progress =
      new Progress() {
        @Override
        public void says(String more) {
          said.append(more);
        }

        @Override
        public void notes(String line) {
          notes.add(line);
        }
      };

  private final Path root;
  private final RealRuns runs;
  private final Deque<Reply> replies = new ArrayDeque<>();

  RunPlace(Path root, RealRuns runs) {
    this.root = root;
    this.runs = runs;
  }

  /** The model's next answers. */
  RunPlace replies(String... whole) {
    for (String text : whole) {
      replies.add(new Reply.Whole(text));
    }
    return this;
  }

  RunPlace replies(Reply reply) {
    replies.add(reply);
    return this;
  }

  static Reply looksUp(String tool, String arguments) {
    ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(arguments);
    return new Reply.Lookups("", List.of(new Call.Lookup("1", tool, json)));
  }

  @Override
  public Reply answer(Call call, Progress watch) {
    calls.add(call);
    Reply reply = replies.remove();
    if (reply instanceof Reply.Whole whole) {
      whole.text().codePoints().forEach(c -> watch.says(Character.toString(c)));
    }
    return reply;
  }

  /** All that the model was ever told. */
  String told() {
    return calls.toString();
  }

  Explainer explainer() {
    return new Explainer(this, this, new Prompts(root));
  }

  Repairer repairer() {
    return new Repairer(this, this, new Prompts(root));
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public List<KnownFlow> flows() {
    return flows;
  }

  @Override
  public Optional<RunHistory> history() {
    return Optional.of(runs.history());
  }

  @Override
  public Redactor redactor() {
    return redactor;
  }

  @Override
  public List<String> deployments() {
    return List.of();
  }

  @Override
  public FlowReader reader() {
    return new FlowReader(new Expressions());
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }
}
