package dev.mahavishnu.eval;

import dev.mahavishnu.eval.Case.Step;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.Turn;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Has the conversation of a case, turn by turn, on whatever the draft became. */
final class Evaluation {
  private final Subject subject;

  Evaluation(Subject subject) {
    this.subject = subject;
  }

  List<Result> run(Case of) {
    try (WrittenPlace written = WrittenPlace.of(of.place())) {
      return new Conversation(of, subject.planner(of.place(), written.folder())).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Conversation {
    private final Case of;
    private final Planner planner;
    private final List<Turn> turns = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    private Optional<Flow> draft;
    private Map<String, String> ids = new HashMap<>();
    private Optional<Proposal.Question> open = Optional.empty();

    private Conversation(Case of, Planner planner) {
      this.of = of;
      this.planner = planner;
      this.draft = of.draft();
      draft.ifPresent(
          flow -> {
            Shaped.of(flow).all().forEach(t -> ids.put(t.id(), t.id()));
            heard.append(FlowWriter.yaml(flow));
          });
      heard.append(String.join("\n", of.place().files().keySet())).append('\n');
    }

    private List<Result> run() {
      of.steps().forEach(this::turn);
      return results;
    }

    private void turn(Step step) {
      heard.append(step.says()).append('\n');
      Request request =
          new Request(chosen(step.says()), draft, of.place().view(), List.copyOf(turns));
      Watcher watcher = new Watcher();
      long start = System.nanoTime();
      Proposal proposal = planner.plan(request, watcher);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      Verdict verdict =
          Judge.judge(step.right(), proposal, new Judge.Before(draft, ids, heard.toString()));
      results.add(
          new Result(
              of,
              results.size() + 1,
              step.says(),
              verdict,
              show(proposal),
              watcher.repairs,
              watcher.usage,
              time));
      turns.add(new Turn(step.says(), answer(proposal)));
      open = Optional.empty();
      if (proposal instanceof Proposal.Proposed proposed) {
        draft = Optional.of(proposed.flow());
        ids = new HashMap<>(verdict.ids());
      } else if (proposal instanceof Proposal.Question question) {
        open = Optional.of(question);
      }
    }

    /** What a person says to a question may be one of its choices. */
    private String chosen(String says) {
      List<Proposal.Choice> meant =
          open.stream()
              .flatMap(q -> q.choices().stream())
              .filter(c -> TaskRule.has(c.label(), says) || TaskRule.has(says, c.label()))
              .toList();
      return meant.size() == 1 ? meant.getFirst().request() : says;
    }
  }

  private static String show(Proposal proposal) {
    return proposal instanceof Proposal.Proposed proposed
        ? FlowWriter.yaml(proposed.flow())
        : proposal.toString();
  }

  private static String answer(Proposal proposal) {
    return switch (proposal) {
      case Proposal.Proposed proposed ->
          "proposed "
              + proposed.flow().name()
              + ": "
              + proposed.flow().tasks().stream().map(Task::id).collect(Collectors.joining(", "));
      case Proposal.Question question ->
          question.text()
              + question.choices().stream()
                  .map(c -> "\n- " + c.label())
                  .collect(Collectors.joining());
      case Proposal.Refused refused -> "refused: " + refused.reason();
      case Proposal.Answered answered -> answered.text();
      case Proposal.NotUnderstood _ -> "not understood";
      case Proposal.Invalid _ -> "the flow had problems";
      case Proposal.Unavailable _, Proposal.Stopped _ -> "no answer";
    };
  }

  /** Counts what a planner does. */
  private static final class Watcher implements Progress {
    private Usage usage = Usage.NONE;
    private int repairs;

    @Override
    public synchronized void notes(String line) {
      // not a call that was tried again because the provider was busy
      if (line.contains("asking again (")) {
        repairs++;
      }
    }

    @Override
    public synchronized void costs(Usage more) {
      usage = usage.plus(more);
    }
  }
}
