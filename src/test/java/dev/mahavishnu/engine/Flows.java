package dev.mahavishnu.engine;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.OnCrash;
import dev.mahavishnu.spec.Retry;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Flows for tests, in few words: {@code "a", "b < a", "c < a b ? one_failed"}. */
final class Flows {
  private Flows() {}

  static Flow flow(String... tasks) {
    List<Task> list = new ArrayList<>();
    for (String task : tasks) {
      list.add(task(task));
    }
    return Flow.of("test", list);
  }

  static Task task(String text) {
    String[] rule = text.split(" \\? ");
    String[] parts = rule[0].split(" < ");
    List<String> upstream = parts.length > 1 ? List.of(parts[1].split(" ")) : List.of();
    RunIf runIf =
        rule.length > 1
            ? RunIf.valueOf(rule[1].toUpperCase(java.util.Locale.ROOT))
            : RunIf.ALL_SUCCESS;
    return new Made(Task.of(parts[0], shell())).with(upstream, runIf);
  }

  static Work shell() {
    return new Work.Shell(Optional.of("true"), List.of());
  }

  static Work compute() {
    return new Work.Compute(IntNode.valueOf(1));
  }

  /** The flow with one of its tasks changed. */
  static Flow change(Flow flow, String id, UnaryOperator<Task> change) {
    return flow.withTasks(
        flow.tasks().stream().map(t -> t.id().equals(id) ? change.apply(t) : t).toList());
  }

  static UnaryOperator<Task> retries(int n) {
    return t -> new Made(t).with(Retry.times(n));
  }

  static UnaryOperator<Task> timeout(Duration timeout) {
    return t -> new Made(t).with(Optional.of(timeout));
  }

  static UnaryOperator<Task> work(Work work) {
    return t -> new Made(t).with(work);
  }

  static UnaryOperator<Task> when(String when) {
    return t -> new Made(t).withWhen(when);
  }

  static UnaryOperator<Task> onCrash(OnCrash onCrash) {
    return t -> new Made(t).with(onCrash);
  }

  /** Mapped; the items are the test's to evaluate. */
  static UnaryOperator<Task> mapped(int concurrency) {
    return t ->
        new Made(t)
            .with(
                new MapOver(
                    JsonNodeFactory.instance.arrayNode(),
                    Optional.of(concurrency),
                    Optional.empty()));
  }

  static Flow onFailure(Flow flow, Task... handlers) {
    return new Flow(
        flow.name(),
        "",
        List.of(),
        List.of(),
        flow.tasks(),
        List.of(handlers),
        List.of(),
        List.of(),
        List.of(),
        flow.timeout(),
        Optional.empty());
  }

  static Flow within(Flow flow, Duration timeout) {
    return new Flow(
        flow.name(),
        "",
        List.of(),
        List.of(),
        flow.tasks(),
        flow.onFailure(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(timeout),
        Optional.empty());
  }

  private record Made(Task t) {
    Task with(List<String> upstream, RunIf rule) {
      return make(t.work(), upstream, rule, t.when(), t.map(), t.retry(), t.timeout(), t.onCrash());
    }

    Task with(Retry retry) {
      return make(
          t.work(), t.dependsOn(), t.runIf(), t.when(), t.map(), retry, t.timeout(), t.onCrash());
    }

    Task with(Optional<Duration> timeout) {
      return make(
          t.work(), t.dependsOn(), t.runIf(), t.when(), t.map(), t.retry(), timeout, t.onCrash());
    }

    Task with(Work work) {
      return make(
          work, t.dependsOn(), t.runIf(), t.when(), t.map(), t.retry(), t.timeout(), t.onCrash());
    }

    Task with(MapOver map) {
      return make(
          t.work(),
          t.dependsOn(),
          t.runIf(),
          t.when(),
          Optional.of(map),
          t.retry(),
          t.timeout(),
          t.onCrash());
    }

    Task with(OnCrash onCrash) {
      return make(
          t.work(), t.dependsOn(), t.runIf(), t.when(), t.map(), t.retry(), t.timeout(), onCrash);
    }

    Task withWhen(String when) {
      return make(
          t.work(),
          t.dependsOn(),
          t.runIf(),
          Optional.of(when),
          t.map(),
          t.retry(),
          t.timeout(),
          t.onCrash());
    }

    private Task make(
        Work work,
        List<String> upstream,
        RunIf rule,
        Optional<String> when,
        Optional<MapOver> map,
        Retry retry,
        Optional<Duration> timeout,
        OnCrash onCrash) {
      return new Task(
          t.id(),
          t.description(),
          work,
          upstream,
          rule,
          when,
          map,
          retry,
          timeout,
          t.cache(),
          t.env(),
          t.workingDir(),
          t.tags(),
          onCrash,
          t.output(),
          t.files());
    }
  }
}
