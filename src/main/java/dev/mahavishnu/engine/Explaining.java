package dev.mahavishnu.engine;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out why a task run is what it is, from what two runs recorded. */
final class Explaining {
  /** A run as it is looked at, with its events. */
  record Side(Look look, List<Recorded> events) {
    RunId run() {
      return look.fold().run();
    }

    /** What the task's last output depended on. */
    private Optional<Hashes> hashes(TaskKey key) {
      return events.reversed().stream()
          .map(Recorded::event)
          .filter(e -> e instanceof TaskMoved m && m.task().equals(key) && m.hashes().isPresent())
          .map(e -> ((TaskMoved) e).hashes().orElseThrow())
          .findFirst();
    }
  }

  private final Side here;
  private final Optional<Side> from;
  private final TaskKey key;
  private final List<Because> because = new ArrayList<>();

  /**
   * @param from the run that this one was made from
   */
  Explaining(Side here, Optional<Side> from, TaskKey key) {
    this.here = here;
    this.from = from;
    this.key = key;
  }

  Why why() {
    Optional<TaskFold> told = here.look.fold().task(key);
    Optional<State> state = told.map(TaskFold::state);
    String verdict = state.isEmpty() ? waits() : verdict(state.get());
    return new Why(key, verdict, state, from.map(Side::run), because);
  }

  private String verdict(State state) {
    return switch (state) {
      case State.Completed c when c.how() == State.Completed.How.SKIPPED -> {
        because.add(Because.of("rule", key.text(), c.message()));
        yield "skipped";
      }
      case State.Completed c when c.how() == State.Completed.How.CACHED -> {
        because.add(
            Because.of(
                "state",
                key.text(),
                "its definition and its inputs are those of an earlier result"
                    + from.map(f -> ", of run " + f.run() + " or of a cache")
                        .orElse(" in a cache")));
        yield "reused";
      }
      case State.Failed f when f.how() == State.Failed.How.UPSTREAM -> {
        because.add(Because.of("upstream", key.text(), f.message()));
        yield "did not run";
      }
      case State.Completed c when isByHand(c.message()) -> {
        because.add(Because.of("asked", key.text(), c.message()));
        yield "set";
      }
      case State.Scheduled s -> {
        because.add(Because.of("state", key.text(), "its last attempt failed: " + s.message()));
        yield "waits";
      }
      case State.Paused p -> {
        because.add(Because.of("state", key.text(), "it waits for a person: " + p.message()));
        yield "waits";
      }
      case State.Pending _ -> {
        because.add(Because.of("state", key.text(), "it waits for a free place"));
        yield "waits";
      }
      case State.Running _,
          State.Completed _,
          State.Failed _,
          State.Cancelled _,
          State.Crashed _,
          State.Cancelling _ -> {
        ran();
        yield "ran";
      }
    };
  }

  private boolean isByHand(String message) {
    return here.events.stream()
        .map(Recorded::event)
        .anyMatch(
            e ->
                e instanceof RunEvent.Amended a
                    && a.what().contains(key.text())
                    && message.contains(" by " + a.who()));
  }

  private String waits() {
    for (String id : here.look.graph(key.scope()).upstream(key.task())) {
      Optional<TaskFold> up = here.look.fold().task(TaskKey.of(key.scope(), id));
      if (up.filter(t -> t.state().isFinal()).isEmpty()) {
        because.add(
            Because.of(
                "upstream",
                id,
                "it waits for " + id + up.map(t -> ", which is " + t.state().name()).orElse("")));
      }
    }
    here.look
        .fold()
        .debugging()
        .standing()
        .ifPresent(
            s ->
                because.add(
                    Because.of(
                        "stands", s.stop().task().text(), "the run stands " + s.stop().text())));
    if (because.isEmpty()) {
      because.add(
          Because.of("state", "", "nothing holds it back but that the run is " + run().name()));
    }
    return run().isFinal() ? "did not run" : "waits";
  }

  private State run() {
    return here.look.fold().state();
  }

  private void ran() {
    if (from.isEmpty()) {
      Task task = here.look.task(key);
      because.add(
          Because.of(
              "rule",
              key.text(),
              here.look.graph(key.scope()).upstream(key.task()).isEmpty()
                  ? "it waits for no other task, and there was no earlier result to take over"
                  : "all it waits for had ended as run_if " + task.runIf().text() + " asks"));
      return;
    }
    Side old = from.get();
    if (here.look.fold().created().rerun().contains(key.task())) {
      because.add(Because.of("asked", key.text(), "it was asked for that it runs again"));
      return;
    }
    if (old.look.graph("").order().stream().noneMatch(id -> id.equals(key.task()))) {
      because.add(Because.of("definition", key.text(), "run " + old.run() + " has no such task"));
      return;
    }
    Optional<Hashes> before = old.hashes(key);
    if (before.isEmpty()) {
      because.add(
          Because.of(
              "state",
              key.text(),
              "in run "
                  + old.run()
                  + " it did not complete"
                  + old.look.fold().task(key).map(t -> ": " + t.state().name()).orElse("")));
      return;
    }
    compare(old, before.get(), here.hashes(key));
  }

  private void compare(Side old, Hashes before, Optional<Hashes> after) {
    if (after.isEmpty() || !before.definition().equals(after.get().definition())) {
      definition(old);
    }
    if (after.isEmpty() || !before.inputs().equals(after.get().inputs())) {
      inputs(old);
    }
    if (because.isEmpty()) {
      because.add(
          Because.of(
              "state",
              key.text(),
              "nothing of it changed: the earlier result was used for another task run, or of no"
                  + " use"));
    }
  }

  private void definition(Side old) {
    ObjectNode one = FlowWriter.tree(old.look.task(key));
    ObjectNode other = FlowWriter.tree(here.look.task(key));
    Set<String> names = new LinkedHashSet<>(one.propertyNames());
    names.addAll(other.propertyNames());
    for (String name : names) {
      JsonNode a = one.get(name);
      JsonNode b = other.get(name);
      if (!Objects.equals(a, b)) {
        because.add(
            new Because(
                "definition",
                name,
                "its `" + name + "` changed",
                Optional.ofNullable(a),
                Optional.ofNullable(b)));
      }
    }
    if (because.isEmpty()) {
      because.add(Because.of("file", key.text(), "a file that it names changed"));
    }
  }

  private void inputs(Side old) {
    int known = because.size();
    for (String name : here.look.graph(key.scope()).parameters(key.task())) {
      changed("parameter", name, parameter(old, name), parameter(here, name));
    }
    for (String id : here.look.graph(key.scope()).references(key.task())) {
      changed("output", id, output(old, id), output(here, id));
    }
    if (because.size() == known && !here.look.graph(key.scope()).secrets(key.task()).isEmpty()) {
      because.add(
          Because.of("secret", key.text(), "a secret that it uses changed, or its key did"));
    }
  }

  private void changed(String kind, String name, JsonNode before, JsonNode after) {
    if (!before.equals(after)) {
      String what = kind.equals("output") ? "tasks." + name + ".output" : "params." + name;
      because.add(
          new Because(kind, name, what + " changed", Optional.of(before), Optional.of(after)));
    }
  }

  private JsonNode parameter(Side side, String name) {
    return side.look.fold().scope(key.scope()).orElseThrow().parameters().path(name);
  }

  private JsonNode output(Side side, String id) {
    return side.look.value("tasks[\"" + id + "\"].output", TaskKey.of(key.scope(), id));
  }
}
