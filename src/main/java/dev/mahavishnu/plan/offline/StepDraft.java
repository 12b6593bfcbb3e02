package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.Cache;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.OnCrash;
import dev.mahavishnu.spec.Retry;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A task that is being drafted. */
final class StepDraft {
  private final String description;
  private final List<String> tags;
  private final OnCrash onCrash;
  private final ValueType output;
  private final List<String> files;

  String id;
  Work work;
  final List<String> dependsOn;
  RunIf runIf;
  Optional<String> when;
  Optional<MapOver> map;
  Retry retry;
  Optional<Duration> timeout;
  Optional<Cache> cache;
  final List<NamedValue> env;
  Optional<String> workingDir;

  StepDraft(Task task) {
    id = task.id();
    description = task.description();
    work = task.work();
    dependsOn = new ArrayList<>(task.dependsOn());
    runIf = task.runIf();
    when = task.when();
    map = task.map();
    retry = task.retry();
    timeout = task.timeout();
    cache = task.cache();
    env = new ArrayList<>(task.env());
    workingDir = task.workingDir();
    tags = task.tags();
    onCrash = task.onCrash();
    output = task.output();
    files = task.files();
  }

  Task task() {
    return new Task(
        id,
        description,
        work,
        dependsOn,
        runIf,
        when,
        map,
        retry,
        timeout,
        cache,
        env,
        workingDir,
        tags,
        onCrash,
        output,
        files);
  }

  /** Makes it follow these as well. */
  void after(List<String> ids) {
    Set<String> all = new LinkedHashSet<>(dependsOn);
    all.addAll(ids);
    dependsOn.clear();
    dependsOn.addAll(all);
  }

  /** Whether it runs because something failed. */
  boolean onlyOnFailure() {
    return runIf == RunIf.ONE_FAILED || runIf == RunIf.ALL_FAILED;
  }

  /** What its expressions name after {@code root}. */
  Set<String> references(String root) {
    Set<String> names =
        TaskTexts.templates(task()).stream()
            .flatMap(text -> References.inTemplate(text, root))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    when.ifPresent(condition -> names.addAll(References.in(condition, root)));
    return names;
  }

  /** What must end before it, by order or because it uses it. */
  Set<String> upstream() {
    Set<String> all = new LinkedHashSet<>(dependsOn);
    all.addAll(references("tasks"));
    return all;
  }

  /** The same task where another has a new name. */
  StepDraft renamed(String from, String to) {
    StepDraft copy =
        new StepDraft(
            TaskTexts.map(task(), text -> References.renamedInTemplate(text, "tasks", from, to)));
    copy.when = when.map(condition -> References.renamed(condition, "tasks", from, to));
    copy.dependsOn.replaceAll(id -> id.equals(from) ? to : id);
    copy.id = id.equals(from) ? to : id;
    return copy;
  }
}
