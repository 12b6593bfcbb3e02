package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.Problem;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Plans without a model and without a network, by a documented controlled English. It proposes a
 * flow only where a rule took every word of the request; else it names the words.
 */
public final class OfflinePlanner implements Planner {
  private static final int MOST_CHARACTERS = 20_000;
  private static final int MOST_TOKENS = 1_000;

  private final FlowReader reader;
  private final ZoneId zone;

  /**
   * @param reader validates what is proposed
   * @param zone of schedules that name none
   */
  public OfflinePlanner(FlowReader reader, ZoneId zone) {
    this.reader = reader;
    this.zone = zone;
  }

  @Override
  public Proposal plan(Request request, Progress progress) {
    Proposal answer = answer(request);
    return answer instanceof Proposal.Question question ? asked(request, question) : answer;
  }

  private Proposal answer(Request request) {
    if (request.text().length() > MOST_CHARACTERS) {
      return new Proposal.Refused("the request has more than " + MOST_CHARACTERS + " characters");
    }
    List<Token> tokens = Lexer.tokens(request.text());
    if (tokens.size() > MOST_TOKENS) {
      return new Proposal.Refused("the request has more than " + MOST_TOKENS + " words");
    }
    RequestGrammar.Reading reading = RequestGrammar.read(tokens);
    return reading
        .clauses()
        .map(clauses -> valid(Drafting.outcome(request, clauses, zone)))
        .orElseGet(() -> Misreading.of(request, tokens, reading));
  }

  /** Offers only what can be done. */
  private Proposal asked(Request request, Proposal.Question question) {
    List<Proposal.Choice> choices =
        question.choices().stream()
            .filter(
                choice ->
                    switch (answer(request.reworded(choice.request()))) {
                      case Proposal.Proposed _, Proposal.Question _ -> true;
                      case Proposal.NotUnderstood _, Proposal.Refused _, Proposal.Invalid _ ->
                          false;
                      case Proposal.Answered _, Proposal.Unavailable _, Proposal.Stopped _ -> false;
                    })
            .toList();
    return choices.isEmpty()
        ? new Proposal.Refused(question.text() + " None of it can be done.")
        : new Proposal.Question(question.text(), choices);
  }

  private Proposal valid(Drafting.Outcome outcome) {
    return outcome.instead().orElseGet(() -> proposed(outcome));
  }

  private Proposal proposed(Drafting.Outcome outcome) {
    List<Problem> problems = reader.problems(outcome.flow());
    return problems.isEmpty()
        ? new Proposal.Proposed(outcome.flow(), outcome.notes())
        : new Proposal.Refused(
            problems.stream()
                .map(OfflinePlanner::line)
                .distinct()
                .collect(Collectors.joining("; ")));
  }

  /** Without the place: the person has not seen this text. */
  private static String line(Problem problem) {
    return problem.message() + (problem.hint().isEmpty() ? "" : " (" + problem.hint() + ")");
  }
}
