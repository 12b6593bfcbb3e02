package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Clause.Target;
import dev.mahavishnu.plan.offline.StepText.Retrying;
import dev.mahavishnu.spec.Cache;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Retry;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a request sets for steps, for the flow, and of its parameters. */
final class Settings {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int MOST_CHOICES = 6;

  private final FlowDraft draft;
  private final Meanings meanings;
  private final Findings findings;

  /** What was set for a step, by setting and id: a second time is a contradiction. */
  private final Map<String, Object> set = new HashMap<>();

  Settings(FlowDraft draft, Meanings meanings, Findings findings) {
    this.draft = draft;
    this.meanings = meanings;
    this.findings = findings;
  }

  /** One second apart; doubling from there, or from the delay that was said. */
  static Retry retry(Retrying retrying) {
    Duration first = retrying.delay().orElse(Duration.ofSeconds(1));
    Duration usual = Retry.NONE.max();
    Duration max = retrying.max().orElse(first.compareTo(usual) > 0 ? first : usual);
    return new Retry(retrying.times(), first, retrying.grows() ? 2 : 1, max, 0);
  }

  void retry(Clause.Retry clause) {
    Retry retry = clause.retrying().times() == 0 ? Retry.NONE : retry(clause.retrying());
    each(Form.RETRY, clause.target(), retry, clause.span(), step -> step.retry = retry);
  }

  /** Without saying of what: clear for one step only. */
  void retry(Clause.RetryUnsaid clause) {
    if (draft.steps.size() == 1) {
      draft.steps.getFirst().retry = retry(clause.retrying());
      return;
    }
    List<dev.mahavishnu.plan.Proposal.Choice> choices = new ArrayList<>();
    choices.add(findings.choice("each step", clause.gap(), clause.gap(), " each step"));
    draft.steps.stream()
        .limit(MOST_CHOICES)
        .forEach(s -> choices.add(findings.choice(s.id, clause.gap(), clause.gap(), " " + s.id)));
    if (draft.steps.isEmpty()) {
      findings.unclear(clause.span(), "there is no step yet", Form.RETRY);
    } else {
      findings.question("which step is retried?", choices);
    }
  }

  void timeout(Clause.Timeout clause) {
    if (clause.target() instanceof Target.Whole) {
      draft.timeout = clause.limit();
      return;
    }
    each(
        Form.TIMEOUT,
        clause.target(),
        clause.limit(),
        clause.span(),
        step -> step.timeout = clause.limit());
  }

  void cache(Clause.Caching clause) {
    Optional<Cache> cache =
        clause.on() ? Optional.of(new Cache(Cache.INPUTS, clause.expires())) : Optional.empty();
    each(Form.CACHE, clause.target(), cache, clause.span(), step -> step.cache = cache);
  }

  void removeCondition(Clause.RemoveCondition clause) {
    each(
        Form.REMOVE_PART,
        clause.target(),
        "",
        clause.span(),
        step -> {
          if (step.when.isEmpty() && !(clause.target() instanceof Target.Each)) {
            findings.refused(step.id + " has no condition");
          }
          step.when = Optional.empty();
        });
  }

  private void each(Form form, Target target, Object value, Span span, Consumer<StepDraft> change) {
    String setting = form.name();
    switch (target) {
      case Target.Each each -> {
        if (draft.steps.isEmpty()) {
          findings.unclear(each.span(), "there is no step yet", Form.RUN);
        }
        boolean contradicted =
            set.entrySet().stream()
                .anyMatch(e -> e.getKey().startsWith(setting + " ") && !e.getValue().equals(value));
        if (contradicted) {
          findings.unclear(span, "something else was said of one of them before", form);
        }
        draft.steps.forEach(change);
      }
      case Target.These these ->
          meanings
              .present(these.steps(), form)
              .forEach(
                  id -> {
                    Object before = set.put(setting + " " + id, value);
                    if (before != null && !before.equals(value)) {
                      findings.unclear(span, "something else was said of " + id + " before", form);
                    }
                    draft.step(id).ifPresent(change);
                  });
      case Target.Whole whole ->
          findings.unclear(whole.span(), "this is said of steps, not of the flow", form);
    }
  }

  void declare(Clause.Declare clause) {
    String name = clause.name().text();
    if (draft.parameter(name).isPresent()) {
      findings.refused("there is a parameter " + name + " already");
      return;
    }
    Optional<JsonNode> given =
        clause.byDefault().map(v -> meanings.value(v, Optional.empty()).node());
    ValueType type = clause.type().orElseGet(() -> given.map(Settings::type).orElse(Scalar.STRING));
    Optional<JsonNode> value = given.map(node -> as(node, type));
    draft.parameters.add(new Parameter(name, type, value, ""));
  }

  private static ValueType type(JsonNode node) {
    if (node.isIntegralNumber()) {
      return Scalar.INTEGER;
    }
    if (node.isNumber()) {
      return Scalar.NUMBER;
    }
    if (node.isBoolean()) {
      return Scalar.BOOLEAN;
    }
    if (node.isArray()) {
      return new ValueType.ListOf(node.isEmpty() ? Scalar.STRING : type(node.get(0)));
    }
    return node.isString() ? Scalar.STRING : Scalar.ANY;
  }

  /** A number may stand for the text of it. */
  private static JsonNode as(JsonNode node, ValueType type) {
    return type == Scalar.STRING && node.isValueNode() ? JSON.stringNode(node.asString()) : node;
  }

  void setDefault(Clause.SetDefault clause) {
    meanings
        .parameter(clause.name())
        .ifPresent(
            old -> {
              JsonNode node = meanings.value(clause.value(), Optional.empty()).node();
              Optional<JsonNode> value = Optional.of(as(node, old.type()));
              Parameter changed = new Parameter(old.name(), old.type(), value, old.description());
              draft.parameters.set(draft.parameters.indexOf(old), changed);
            });
  }

  void removeParameter(Clause.RemoveParameter clause) {
    String name = clause.name().text();
    if (draft.parameter(name).isEmpty()) {
      findings.refused("there is no parameter " + name);
    } else if (draft.uses(name)) {
      findings.refused("the parameter " + name + " is used");
    }
    draft.parameters.removeIf(p -> p.name().equals(name));
  }
}
