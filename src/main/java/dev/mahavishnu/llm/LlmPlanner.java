package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.spec.FieldList;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.StrictForm;
import dev.mahavishnu.spec.TaskKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plans by a language model. The model answers with one JSON object, which code reads and checks;
 * what can't be proposed goes back to it at most twice. Safe for several threads.
 */
final class LlmPlanner implements Planner {
  private static final int LONGEST_REQUEST = 20_000;

  private final Chat chat;
  private final Surroundings surroundings;

  LlmPlanner(Chat chat, Surroundings surroundings) {
    this.chat = chat;
    this.surroundings = surroundings;
  }

  @Override
  public Proposal plan(Request request, Progress progress) {
    if (request.text().length() > LONGEST_REQUEST) {
      return new Proposal.Refused("the request has more than " + LONGEST_REQUEST + " characters");
    }
    try {
      return turn(request, progress).end();
    } catch (PromptException e) {
      return new Proposal.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private PlanningTurn turn(Request request, Progress progress) {
    List<TaskKind> kinds = FlowReader.installedKinds();
    Prompts prompts = new Prompts(surroundings.root());
    String rules =
        prompts.text(
            "plan",
            Map.of(
                "fields", FieldList.text(kinds),
                "marks", Quote.MARKS,
                "lookups", String.valueOf(PlanningTurn.MOST_LOOKUPS)));
    String told = prompts.text("request", new Telling(surroundings, request).inputs());
    Reports reports = new RunAnswers(surroundings.history(), surroundings.clock());
    ObjectNode schema =
        ReplySchema.of(kinds, request.draft().isPresent(), Optional.of(reports.schema()));
    return new PlanningTurn(
        chat,
        prompts,
        new Checks(surroundings, request, new StrictForm(kinds), reports),
        lookups(request),
        schema,
        List.of(new Call.Instructions(rules), new Call.User(told)),
        progress);
  }

  private List<Lookups> lookups(Request request) {
    List<Lookups> lookups = new ArrayList<>();
    lookups.add(new WorkspaceLookups(surroundings, request));
    surroundings
        .history()
        .ifPresent(
            history ->
                lookups.add(
                    new RunLookups(history, surroundings.redactor(), surroundings.clock())));
    return lookups;
  }
}
