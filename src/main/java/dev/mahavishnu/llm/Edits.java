package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Answer.Edit;
import dev.mahavishnu.spec.Nearest;
import dev.mahavishnu.spec.StrictForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts changes into the tree of a draft; what can't be done is a problem for the model. */
final class Edits {
  private static final String TASKS = "tasks";
  private static final String ON_FAILURE = "on_failure";

  private final ObjectNode tree;
  private final StrictForm form;
  private final List<String> problems = new ArrayList<>();

  private record Place(ArrayNode list, int index) {
    ObjectNode task() {
      return (ObjectNode) list.get(index);
    }
  }

  /**
   * @param tree of the draft, which is changed
   */
  Edits(ObjectNode tree, StrictForm form) {
    this.tree = tree;
    this.form = form;
  }

  /** Makes the changes in order; returns what is wrong with them, a line each. */
  List<String> apply(List<Edit> edits) {
    for (Edit edit : edits) {
      switch (edit) {
        case Edit.Put e -> put(e);
        case Edit.Drop e -> drop(e);
        case Edit.Add e -> add(e);
        case Edit.Remove e -> find(e.task()).ifPresent(p -> p.list().remove(p.index()));
        case Edit.Move e -> move(e);
      }
    }
    if (tree.path(ON_FAILURE).isEmpty()) {
      tree.remove(ON_FAILURE);
    }
    return List.copyOf(problems);
  }

  private void put(Edit.Put edit) {
    if (isField(edit.task(), edit.field())) {
      target(edit.task())
          .ifPresent(
              target -> {
                try {
                  target.set(edit.field(), value(edit, target));
                } catch (IllegalArgumentException e) {
                  problems.add(shown(edit.task(), edit.field()) + ": " + e.getMessage());
                }
              });
    }
  }

  private JsonNode value(Edit.Put edit, ObjectNode target) {
    return edit.task().isEmpty()
        ? form.flowField(edit.field(), edit.value())
        : form.taskField(target.path("type").asString(""), edit.field(), edit.value());
  }

  private void drop(Edit.Drop edit) {
    if (isField(edit.task(), edit.field())) {
      target(edit.task())
          .ifPresent(
              target -> {
                if (target.remove(edit.field()) == null) {
                  problems.add(
                      shown(edit.task(), edit.field())
                          + " is not set"
                          + hint(edit.field(), target.propertyNames()));
                }
              });
    }
  }

  private boolean isField(String task, String field) {
    if (field.contains(".") || field.contains("[")) {
      problems.add(shown(task, field) + ": set the whole field, not a part of it");
      return false;
    }
    if (task.isEmpty() && (field.equals(TASKS) || field.equals(ON_FAILURE))) {
      problems.add("tasks are changed by add_task, remove_task, move_task, or by their fields");
      return false;
    }
    return true;
  }

  private static String shown(String task, String field) {
    return "`" + (task.isEmpty() ? "flow" : task) + "." + field + "`";
  }

  private Optional<ObjectNode> target(String task) {
    return task.isEmpty() ? Optional.of(tree) : find(task).map(Place::task);
  }

  private void add(Edit.Add edit) {
    ArrayNode list = list(edit.onFailure());
    int at = edit.after().isEmpty() ? list.size() : after(list, edit.after());
    list.insert(at, edit.task());
  }

  private void move(Edit.Move edit) {
    Optional<Place> place = find(edit.task());
    if (place.isEmpty()) {
      return;
    }
    JsonNode task = place.get().list().remove(place.get().index());
    ArrayNode list = list(edit.onFailure());
    list.insert(edit.after().isEmpty() ? 0 : after(list, edit.after()), task);
  }

  private ArrayNode list(boolean onFailure) {
    String name = onFailure ? ON_FAILURE : TASKS;
    return tree.get(name) instanceof ArrayNode list ? list : tree.putArray(name);
  }

  private int after(ArrayNode list, String task) {
    int index = index(list, task);
    if (index < 0) {
      // Says so where it is nowhere at all.
      find(task);
      return list.size();
    }
    return index + 1;
  }

  /** Below 0: it is not there. */
  private static int index(ArrayNode list, String id) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path("id").asString("").equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private Optional<Place> find(String id) {
    List<String> ids = new ArrayList<>();
    for (String name : List.of(TASKS, ON_FAILURE)) {
      if (tree.get(name) instanceof ArrayNode list) {
        int index = index(list, id);
        if (index >= 0) {
          return Optional.of(new Place(list, index));
        }
        list.forEach(task -> ids.add(task.path("id").asString("")));
      }
    }
    problems.add("the draft has no task `" + id + "`" + hint(id, ids));
    return Optional.empty();
  }

  private static String hint(String word, java.util.Collection<String> known) {
    String hint = Nearest.hint(word, known);
    return hint.isEmpty() ? "" : "; " + hint;
  }
}
