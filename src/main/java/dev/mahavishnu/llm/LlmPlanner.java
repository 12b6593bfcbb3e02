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
  private final List<Lookups> lookups;
  private final Optional<Reports> reports;

  /**
   * @param lookups what else may be looked up, besides flows and files of the workspace
   * @param reports answers questions about runs; empty where there are none
   */
  LlmPlanner(
      Chat chat, Surroundings surroundings, List<Lookups> lookups, Optional<Reports> reports) {
    this.chat = chat;
    this.surroundings = surroundings;
    this.lookups = List.copyOf(lookups);
    this.reports = reports;
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
    List<Lookups> all = new ArrayList<>(lookups);
    all.addFirst(new WorkspaceLookups(surroundings, request));
    ObjectNode schema =
        ReplySchema.of(kinds, request.draft().isPresent(), reports.map(Reports::schema));
    return new PlanningTurn(
        chat,
        prompts,
        new Checks(surroundings, request, new StrictForm(kinds), reports),
        all,
        schema,
        List.of(new Call.Instructions(rules), new Call.User(told)),
        progress);
  }
}
