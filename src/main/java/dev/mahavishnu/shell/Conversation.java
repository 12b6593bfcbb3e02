package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.shell.Mentions.Expanded;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.ProblemView;
import dev.mahavishnu.view.Tone;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Does what a person says, one statement after the other. */
final class Conversation {
  /** Answers to answers: a question that only ever leads to the next one is given up. */
  private static final int MOST_QUESTIONS = 8;

  private final Workplace place;
  private final Stage stage;
  private final Drafts drafts;
  private final DraftVerbs verbs;
  private final Dispatch dispatch;
  private volatile boolean detached;

  /**
   * @param scratch a folder for the text that is in an editor
   */
  Conversation(Workplace place, Stage stage, Drafts drafts, Supplier<Path> scratch) {
    this.place = place;
    this.stage = stage;
    this.drafts = drafts;
    this.dispatch = new Dispatch(place.commands());
    this.verbs = new DraftVerbs(place, stage, drafts, scratch);
  }

  /** Whether the last statement asked to leave. */
  boolean isOver() {
    return verbs.isOver();
  }

  /** Whether something was started that outlives this process. */
  boolean hasDetached() {
    return detached || verbs.hasDetached();
  }

  /** Does one statement. Gives the exit code that belongs to what became of it. */
  int take(Statement statement) {
    return guarded(() -> perform(statement));
  }

  private int perform(Statement statement) {
    return switch (dispatch.of(statement)) {
      case Saying.Order order -> order(order.words());
      case Saying.Outside outside -> outside(outside.command());
      case Saying.Draft draft -> verbs.take(draft);
      case Saying.Spec spec -> spec(statement, spec.text());
      case Saying.Sentence sentence -> sentence(sentence);
      case Saying.Wrong wrong -> complain(Exit.USAGE, List.of(wrong.message()));
    };
  }

  private int order(List<String> words) {
    detached |= words.contains(Dispatch.NO_WAIT);
    return place.commands().run(words);
  }

  /** Does something; what it throws is said, and becomes an exit code. */
  int guarded(IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (RuntimeException e) {
      return failed(e);
    } catch (StackOverflowError | LinkageError e) {
      return failed(new IllegalStateException(e));
    }
  }

  private int failed(RuntimeException e) {
    Workplace.Reason reason = place.reason(e);
    return complain(reason.exitCode(), reason.lines());
  }

  private int outside(String command) {
    return stage.agrees("`!` runs a program")
        ? stage.outside(List.of("/bin/sh", "-c", command))
        : Exit.APPROVAL;
  }

  private int sentence(Saying.Sentence sentence) {
    return switch (new Mentions(place.root()).expand(sentence.text())) {
      case Expanded.Missing missing -> complain(Exit.INVALID, List.of(missing.message()));
      case Expanded.Text text -> plan(text.text(), sentence.hint());
      case Expanded.Whole whole -> whole(whole);
    };
  }

  /** A file and nothing else: a flow, or a request that somebody wrote down. */
  private int whole(Expanded.Whole whole) {
    Optional<Statement> first = Statements.of(whole.text()).next();
    boolean spec = first.filter(s -> s.form() == Statement.Form.SPEC).isPresent();
    if (!spec) {
      return plan(whole.text().strip(), "");
    }
    Path folder = Optional.ofNullable(whole.file().getParent()).orElse(place.root());
    return switch (place.read(whole.file().toString(), whole.text(), folder)) {
      case ReadResult.Invalid invalid -> problems(invalid, whole.text());
      case ReadResult.Valid valid ->
          accept(
              new Draft(
                  valid.source().flow(),
                  folder,
                  Optional.of(new Draft.Saved(whole.file(), Saving.hash(whole.text())))),
              List.of());
    };
  }

  private int spec(Statement statement, String text) {
    // Lines before it keep the problems' positions those of the script.
    String padded = "\n".repeat(statement.line() - 1) + text;
    return switch (place.read(stage.name(), padded, place.root())) {
      case ReadResult.Invalid invalid -> problems(invalid, padded);
      case ReadResult.Valid valid -> accept(draft(valid.source().flow()), List.of());
    };
  }

  private int problems(ReadResult.Invalid invalid, String text) {
    return complain(
        Exit.INVALID,
        new ProblemView(place.palette()).lines(invalid.problems(), text, stage.width()));
  }

  private int plan(String text, String hint) {
    Optional<Draft> draft = drafts.now();
    Request request = new Request(text, draft.map(Draft::flow), new Seen(draft));
    for (int i = 0; i < MOST_QUESTIONS; i++) {
      switch (place.planner().plan(request)) {
        case Proposal.Proposed p -> {
          return accept(draft(p.flow()), p.notes());
        }
        case Proposal.Question question -> {
          Optional<Proposal.Choice> choice = ask(question);
          if (choice.isEmpty()) {
            return Exit.INVALID;
          }
          request = request.reworded(choice.get().request());
        }
        case Proposal.NotUnderstood n -> {
          return notUnderstood(request.text(), n, hint);
        }
        case Proposal.Refused refused -> {
          return complain(Exit.INVALID, List.of(refused.reason()));
        }
        case Proposal.Answered answered -> {
          stage.say(Cells.clean(answered.text()));
          return Exit.COMPLETED;
        }
        case Proposal.Unavailable unavailable -> {
          return complain(Exit.UNREACHABLE, List.of(unavailable.reason()));
        }
        case Proposal.Stopped _ -> {
          return Exit.INTERRUPTED;
        }
        case Proposal.Invalid invalid -> {
          return problems(new ReadResult.Invalid(invalid.problems()), request.text());
        }
      }
    }
    return complain(Exit.INVALID, List.of("the request stays unclear; say it in other words"));
  }

  private Optional<Proposal.Choice> ask(Proposal.Question question) {
    List<String> labels =
        question.choices().stream().map(c -> c.label() + ": " + c.request()).toList();
    return stage.choose(question.text(), labels).map(question.choices()::get);
  }

  private int notUnderstood(String request, Proposal.NotUnderstood n, String hint) {
    List<String> lines =
        new ArrayList<>(new Misunderstanding(place.palette()).lines(request, n.parts()));
    if (!hint.isEmpty()) {
      lines.add("as a command: " + Cells.clean(hint));
    }
    return complain(Exit.INVALID, lines);
  }

  /** The flow as the next draft. */
  private Draft draft(Flow flow) {
    return drafts
        .now()
        .map(d -> d.with(flow))
        .orElseGet(() -> new Draft(flow, place.root(), Optional.empty()));
  }

  private int accept(Draft draft, List<String> notes) {
    Optional<Flow> before = drafts.now().map(Draft::flow);
    List<String> lines =
        before.isPresent()
            ? new Changes(place.palette(), stage.width(), place.expressions())
                .between(before, draft.flow())
            : verbs.sinceSaved(draft);
    if (lines.isEmpty()) {
      stage.say("nothing changes");
    }
    lines.forEach(stage::say);
    notes.forEach(
        note -> stage.say(place.palette().paint(Tone.WARN, "note: ") + Cells.clean(note)));
    if (!drafts.now().equals(Optional.of(draft))) {
      drafts.change(draft);
    }
    return Exit.COMPLETED;
  }

  private int complain(int code, List<String> lines) {
    stage.complain(lines);
    return code;
  }

  /** The workspace as a planner may see it. */
  private final class Seen implements WorkspaceView {
    private final Path folder;

    Seen(Optional<Draft> draft) {
      this.folder = draft.map(Draft::folder).orElse(place.root());
    }

    @Override
    public java.util.Set<String> flows() {
      return place.flowNames();
    }

    @Override
    public boolean hasFile(String path) {
      try {
        return Files.exists(folder.resolve(path));
      } catch (InvalidPathException _) {
        return false;
      }
    }
  }
}
