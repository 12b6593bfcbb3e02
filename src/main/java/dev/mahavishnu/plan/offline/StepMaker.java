package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.plan.offline.StepText.Doing;
import dev.mahavishnu.spec.Cache;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Makes the task that a step's text describes; where it stands in the flow is not its business. */
final class StepMaker {
  private final Meanings meanings;
  private final Findings findings;

  StepMaker(Meanings meanings, Findings findings) {
    this.meanings = meanings;
    this.findings = findings;
  }

  StepDraft make(String id, StepText text) {
    Optional<Addition.ForEach> loop =
        text.additions().stream()
            .filter(Addition.ForEach.class::isInstance)
            .map(Addition.ForEach.class::cast)
            .findFirst();
    WorkMaker work =
        new WorkMaker(meanings, findings, text.doing(), loop.map(Addition.ForEach::item));
    StepDraft step = new StepDraft(Task.of(id, new Work.Approval("", Optional.empty())));
    Set<String> said = new HashSet<>();
    loop.ifPresent(forEach -> map(step, forEach));
    for (Addition addition : text.additions()) {
      if (said.add(slot(addition))) {
        add(step, work, addition, loop);
      } else {
        findings.unclear(addition.span(), "this is said twice, and not the same", Form.RUN);
      }
    }
    step.work = work.work();
    step.env.addAll(work.env());
    loop.ifPresent(forEach -> tellItem(step, forEach));
    return step;
  }

  /** What may be said once only. */
  private static String slot(Addition addition) {
    return switch (addition) {
      case Addition.Set set -> "set " + set.name().text();
      case Addition.Header header -> "header " + header.name();
      case Addition.Give give -> "give " + give.span();
      case Addition.After after -> "after " + after.span();
      default -> addition.getClass().getSimpleName();
    };
  }

  private void add(
      StepDraft step, WorkMaker work, Addition addition, Optional<Addition.ForEach> loop) {
    switch (addition) {
      case Addition.Give give -> work.give(give);
      case Addition.Set set -> work.set(set);
      case Addition.Header header -> work.header(header);
      case Addition.Body body -> work.body(body);
      case Addition.Expecting expecting -> work.expecting(expecting);
      case Addition.Folder folder -> step.workingDir = Optional.of(folder.path());
      case Addition.Retries retries -> step.retry = Settings.retry(retries.retrying());
      case Addition.Timeout timeout -> step.timeout = Optional.of(timeout.limit());
      case Addition.Cached cached ->
          step.cache = Optional.of(new Cache(Cache.INPUTS, cached.expires()));
      case Addition.Concurrency most ->
          among(step, most.span(), new Among(Optional.of(most.most()), Optional.empty()));
      case Addition.Batches batches ->
          among(step, batches.span(), new Among(Optional.empty(), Optional.of(batches.size())));
      case Addition.OnlyIf onlyIf -> condition(step, onlyIf, loop.map(Addition.ForEach::item));
      case Addition.ForEach _, Addition.Named _, Addition.Always _ -> {}
      case Addition.After _, Addition.Before _, Addition.Between _ -> {}
      case Addition.AtEnd _, Addition.AtStart _ -> {}
    }
  }

  private record Among(Optional<Integer> concurrency, Optional<Integer> batch) {}

  private void map(StepDraft step, Addition.ForEach forEach) {
    JsonNode items =
        switch (forEach.list()) {
          case Value.Literal literal -> literal.value();
          case Value other -> meanings.given(other, Optional.empty()).node();
        };
    step.map = Optional.of(new MapOver(items, Optional.empty(), Optional.empty()));
  }

  private void among(StepDraft step, Span span, Among among) {
    if (step.map.isEmpty()) {
      findings.unclear(span, "only a step with `for each` has items", Form.FOR_EACH);
    }
    step.map =
        step.map.map(
            m ->
                new MapOver(
                    m.items(), among.concurrency.or(m::concurrency), among.batch.or(m::batch)));
  }

  /** What the step waits for in a condition on how another ended is set where it is placed. */
  private void condition(StepDraft step, Addition.OnlyIf onlyIf, Optional<Name> item) {
    condition(onlyIf, item).ifPresent(source -> step.when = Optional.of(source));
  }

  /** A condition as an expression; none for how another step ended. */
  Optional<String> condition(Addition.OnlyIf onlyIf, Optional<Name> item) {
    return switch (onlyIf.condition()) {
      case Condition.Ended _ -> Optional.empty();
      case Condition.Expression e ->
          Optional.of(onlyIf.negated() ? "!(" + e.source() + ")" : e.source());
      case Condition.Compare compare ->
          Optional.of(meanings.comparison(compare, onlyIf.negated(), item));
    };
  }

  private void tellItem(StepDraft step, Addition.ForEach forEach) {
    String item = forEach.item().text();
    List<String> texts = TaskTexts.templates(step.task());
    boolean used =
        texts.stream().anyMatch(text -> text.matches("(?s).*\\$\\{\\{.*\\b(item|index)\\b.*"))
            || step.when.filter(w -> w.matches("(?s).*\\b(item|index)\\b.*")).isPresent();
    if (!used) {
      findings.note(
          step.id
              + " runs once for each "
              + item
              + ", but is not told which: say `with "
              + item
              + "`");
    }
  }

  /** What a step that there is should do instead. */
  Work changed(Doing doing) {
    return new WorkMaker(meanings, findings, doing, Optional.empty()).work();
  }
}
