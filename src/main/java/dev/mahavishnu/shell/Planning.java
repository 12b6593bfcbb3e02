package dev.mahavishnu.shell;

import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.Request.Brought;
import dev.mahavishnu.plan.Turn;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** From a sentence to a draft, an answer, or the reason why there is none. */
final class Planning {
  /** Answers to answers: a question that only ever leads to the next one is given up. */
  private static final int MOST_QUESTIONS = 8;

  private final Workplace place;
  private final Noted stage;
  private final Drafts drafts;
  private final Acceptance acceptance;
  private final Attention attention;
  private final Memory memory;
  private final AtomicBoolean explained = new AtomicBoolean();

  Planning(
      Workplace place,
      Noted stage,
      Drafts drafts,
      Acceptance acceptance,
      Attention attention,
      Memory memory) {
    this.place = place;
    this.stage = stage;
    this.drafts = drafts;
    this.acceptance = acceptance;
    this.attention = attention;
    this.memory = memory;
  }

  /**
   * Plans a sentence.
   *
   * @param files whose texts stand in it
   * @param hint what it could be as a command; may be empty
   */
  int plan(String text, List<Brought> files, String hint) {
    Optional<Draft> draft = drafts.now();
    Optional<Assistant> assistant = place.assistant();
    Request request =
        new Request(text, draft.map(Draft::flow), new Seen(place, draft), memory.turns(), files);
    for (int i = 0; i < MOST_QUESTIONS; i++) {
      switch (proposal(assistant, request)) {
        case Proposal.Proposed p -> {
          return acceptance.accept(p.flow(), p.notes());
        }
        case Proposal.Question question -> {
          Optional<Request> next = ask(question, request, assistant.isPresent());
          if (next.isEmpty()) {
            return Exit.INVALID;
          }
          request = next.get();
        }
        case Proposal.NotUnderstood n -> {
          return notUnderstood(request.text(), n, hint, assistant.isEmpty());
        }
        case Proposal.Refused refused -> {
          return complain(Exit.INVALID, refused.reason());
        }
        case Proposal.Answered answered -> {
          return answer(answered);
        }
        case Proposal.Unavailable unavailable -> {
          return complain(Exit.UNREACHABLE, unavailable.reason());
        }
        case Proposal.Stopped _ -> {
          return complain(Exit.INTERRUPTED, "stopped; nothing changes");
        }
        case Proposal.Invalid invalid -> {
          return acceptance.problems(new ReadResult.Invalid(invalid.problems()), request.text());
        }
      }
    }
    return complain(Exit.INVALID, "the request stays unclear; say it in other words");
  }

  private Proposal proposal(Optional<Assistant> assistant, Request request) {
    return assistant.map(a -> ask(a, request)).orElseGet(() -> place.planner().plan(request));
  }

  private Proposal ask(Assistant assistant, Request request) {
    return attention
        .give(assistant.name(), progress -> assistant.planner().plan(request, progress))
        .orElseGet(Proposal.Stopped::new);
  }

  /** The request as it is after the answer; what was asked is then part of the conversation. */
  private Optional<Request> ask(Proposal.Question question, Request request, boolean model) {
    // A model's choice is the request with a few words more, which need not be said again.
    List<String> labels =
        question.choices().stream().map(model ? Proposal.Choice::label : Planning::label).toList();
    Optional<Answer> answer = stage.choose(question.text(), labels);
    if (!model) {
      return answer.map(
          a ->
              switch (a) {
                case Answer.Choice c ->
                    request.reworded(question.choices().get(c.index()).request());
                // Without a model each sentence stands for itself.
                case Answer.Words words -> request.reworded(words.text());
              });
    }
    List<Turn> before = new ArrayList<>(request.before());
    before.add(new Turn(request.own(), "asked: " + question.text()));
    return answer.map(
        a ->
            switch (a) {
              case Answer.Choice c ->
                  goesOn(request, question.choices().get(c.index()).request(), before);
              case Answer.Words words ->
                  goesOn(request, request.text() + "\n" + words.text(), before);
            });
  }

  /** Where the request begins with what it was, its files are where they were. */
  private static Request goesOn(Request request, String text, List<Turn> before) {
    return new Request(
        text,
        request.draft(),
        request.workspace(),
        before,
        text.startsWith(request.text()) ? request.files() : List.of());
  }

  private static String label(Proposal.Choice choice) {
    return choice.label() + ": " + choice.request();
  }

  private int answer(Proposal.Answered answered) {
    stage.note().brief(answered.table().map(t -> "answered: " + t.title()).orElse("answered"));
    List<String> lines = new ArrayList<>();
    answered.text().lines().forEach(line -> Tail.wrap(Cells.clean(line), stage.width(), lines));
    lines.forEach(stage::say);
    answered.table().ifPresent(this::show);
    return Exit.COMPLETED;
  }

  private void show(Proposal.Table facts) {
    stage.say(place.palette().paint(Tone.TITLE, Cells.clean(facts.title())));
    Table table = new Table(facts.columns().stream().map(Cells::clean).toArray(String[]::new));
    facts.rows().forEach(row -> table.row(row.stream().map(Table.Cell::of).toList()));
    table.lines(place.palette(), stage.width()).forEach(stage::say);
  }

  private int notUnderstood(
      String request, Proposal.NotUnderstood n, String hint, boolean offline) {
    List<String> lines =
        new ArrayList<>(new Misunderstanding(place.palette()).lines(request, n.parts()));
    if (!hint.isEmpty()) {
      lines.add("as a command: " + Cells.clean(hint));
    }
    if (offline && !explained.getAndSet(true)) {
      lines.add(place.palette().paint(Tone.QUIET, Cells.clean(place.models().why())));
    }
    stage.complain(lines);
    return Exit.INVALID;
  }

  private int complain(int code, String line) {
    stage.complain(List.of(Cells.clean(line)));
    return code;
  }
}
