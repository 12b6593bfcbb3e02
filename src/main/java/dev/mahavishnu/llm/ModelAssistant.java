package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.run.RunId;
import java.util.function.Supplier;

/** An assistant that asks one model. */
public final class ModelAssistant implements Assistant {
  private final String name;
  private final Supplier<Usage> spent;
  private final Planner planner;
  private final Explainer explainer;
  private final Repairer repairer;

  /**
   * @param name of provider and model, for people
   * @param chat with the model
   * @param surroundings what the model may be told of
   * @param spent what the calls of the chat took so far
   */
  public ModelAssistant(String name, Chat chat, Surroundings surroundings, Supplier<Usage> spent) {
    Prompts prompts = new Prompts(surroundings.root());
    this.name = name;
    this.spent = spent;
    this.planner = new LlmPlanner(chat, surroundings);
    this.explainer = new Explainer(chat, surroundings, prompts);
    this.repairer = new Repairer(chat, surroundings, prompts);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Planner planner() {
    return planner;
  }

  @Override
  public Explanation explain(RunId run, String question, Progress progress) {
    return explainer.explain(run, question, progress);
  }

  @Override
  public Repair repair(RunId run, String wish, Progress progress) {
    return repairer.repair(run, wish, progress);
  }

  @Override
  public Usage spent() {
    return spent.get();
  }
}
