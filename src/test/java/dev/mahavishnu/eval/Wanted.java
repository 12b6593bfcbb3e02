package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The tasks of a flow that is right, by the names that the case gives them.
 *
 * @param tasks in the order of the case, those of a draft first
 * @param onFailure names of those that run when the others failed
 * @param upstream names, direct; may name tasks that should go, whose place others then take
 */
record Wanted(List<TaskRule> tasks, Set<String> onFailure, Map<String, Set<String>> upstream) {

  /**
   * @param ids what the tasks of the draft are called, by their names in the case
   * @throws IllegalArgumentException when the case names a task that is not there
   */
  static Wanted of(FlowRule rule, Optional<Flow> draft, Map<String, String> ids) {
    Builder builder = new Builder();
    JsonNode said = rule.said();
    if (rule.changes()) {
      builder.keep(draft.orElseThrow(), ids, said.get("draft"));
    }
    builder.add(said.get(rule.changes() ? "draft" : "tasks"), false);
    if (said.has("on_failure")) {
      builder.add(said.get("on_failure"), true);
    }
    return builder.build();
  }

  private static final class Builder {
    private final Map<String, TaskRule> tasks = new LinkedHashMap<>();
    private final Set<String> onFailure = new LinkedHashSet<>();
    private final Map<String, Set<String>> upstream = new LinkedHashMap<>();

    private void keep(Flow draft, Map<String, String> ids, JsonNode changes) {
      Map<String, String> names = new LinkedHashMap<>();
      ids.forEach((name, id) -> names.put(id, name));
      Shaped shaped = Shaped.of(draft);
      for (Task task : shaped.all()) {
        String name = names.getOrDefault(task.id(), task.id());
        upstream.put(name, new LinkedHashSet<>());
        shaped
            .upstream(task.id())
            .forEach(up -> upstream.get(name).add(names.getOrDefault(up, up)));
        JsonNode said = changes.path(name);
        if (said.isString()) {
          gone(name, said.stringValue());
          continue;
        }
        JsonNode fields = said.isObject() ? said : JsonNodeFactory.instance.objectNode();
        tasks.put(name, new TaskRule(name, Optional.of(task), fields));
        if (shaped.onFailure().contains(task)) {
          onFailure.add(name);
        }
      }
    }

    private static void gone(String name, String said) {
      if (!said.equals("gone")) {
        throw new IllegalArgumentException(name + ": say `gone`, or which fields it has");
      }
    }

    private void add(JsonNode said, boolean failure) {
      for (Map.Entry<String, JsonNode> entry : said.properties()) {
        String name = entry.getKey();
        JsonNode fields = entry.getValue();
        if (!upstream.containsKey(name)) {
          tasks.put(name, new TaskRule(name, Optional.empty(), fields));
          upstream.put(name, new LinkedHashSet<>());
          if (failure) {
            onFailure.add(name);
          }
        }
        if (tasks.containsKey(name)) {
          tasks.get(name).after().ifPresent(a -> upstream.put(name, new LinkedHashSet<>(a)));
        }
      }
    }

    private Wanted build() {
      upstream.forEach(
          (name, ups) -> {
            if (!upstream.keySet().containsAll(ups)) {
              throw new IllegalArgumentException(name + ": after a task that is not there: " + ups);
            }
          });
      return new Wanted(new ArrayList<>(tasks.values()), onFailure, upstream);
    }
  }
}
