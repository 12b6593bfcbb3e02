package dev.mahavishnu.spec;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ExpressionChecker.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Every expression of a flow, checked once: what the graph and the validator both need. */
final class Analysis {
  /** A task with where it stands. */
  record Place(Task task, String pointer, boolean handler) {}

  /**
   * An expression with what the check found.
   *
   * @param pointer of the text it stands in
   * @param offset of its source in that text
   */
  record Use(TaskText text, String pointer, int offset, String source, Checked checked) {}

  /** Something wrong with a text before its expressions count. */
  record TextFault(String pointer, Fault fault) {}

  private record Key(String source, Optional<ValueType> item, boolean ended) {}

  private final Flow flow;
  private final Session session;
  private final Session ended;
  private final List<Place> places = new ArrayList<>();
  private final List<List<Use>> uses = new ArrayList<>();
  private final List<Use> outputs = new ArrayList<>();
  private final List<Use> triggers = new ArrayList<>();
  private final List<TextFault> faults = new ArrayList<>();
  private final Map<Key, Checked> known = new HashMap<>();

  private Analysis(Flow flow, ExpressionChecker checker) {
    this.flow = flow;
    this.session = checker.open(scope(flow));
    this.ended = checker.open(Scope.ENDED);
  }

  /**
   * @param pointer of the flow in its file, empty for the whole file
   */
  static Analysis of(Flow flow, ExpressionChecker checker, String pointer) {
    Analysis analysis = new Analysis(flow, checker);
    analysis.tasks(flow.tasks(), pointer + "/tasks/", false);
    analysis.tasks(flow.onFailure(), pointer + "/on_failure/", true);
    for (int i = 0; i < flow.outputs().size(); i++) {
      List<TaskText> texts = new ArrayList<>();
      JsonNode value = flow.outputs().get(i).value();
      TaskText.walk(pointer + "/outputs/" + i + "/value", TaskText.Use.TEMPLATE, value, texts);
      texts.forEach(text -> analysis.text(text, "", Optional.empty(), analysis.outputs));
    }
    for (int i = 0; i < flow.triggers().size(); i++) {
      analysis.trigger(flow.triggers().get(i), pointer + "/triggers/" + i);
    }
    return analysis;
  }

  private void trigger(Trigger trigger, String pointer) {
    List<TaskText> texts = new ArrayList<>();
    for (int i = 0; i < trigger.parameters().size(); i++) {
      JsonNode value = trigger.parameters().get(i).value();
      TaskText.walk(pointer + "/parameters/" + i + "/value", TaskText.Use.ENDED, value, texts);
    }
    texts.forEach(text -> text(text, "", Optional.empty(), triggers));
  }

  /** What the expressions of a flow may name. */
  static Scope scope(Flow flow) {
    Map<String, ValueType> parameters = new HashMap<>();
    flow.parameters().forEach(p -> parameters.put(p.name(), p.type()));
    Map<String, ValueType> outputs = new HashMap<>();
    flow.tasks().forEach(t -> outputs.put(t.id(), output(t)));
    flow.onFailure().forEach(t -> outputs.put(t.id(), output(t)));
    return new Scope(parameters, outputs, new java.util.HashSet<>(flow.secrets()));
  }

  private static ValueType output(Task task) {
    return task.map().isPresent() ? new ValueType.ListOf(task.output()) : task.output();
  }

  private void tasks(List<Task> tasks, String pointer, boolean handler) {
    for (int i = 0; i < tasks.size(); i++) {
      Place place = new Place(tasks.get(i), pointer + i, handler);
      List<Use> found = new ArrayList<>();
      Optional<ValueType> item = place.task.map().map(this::item);
      for (TaskText text : TaskText.of(place.task)) {
        boolean once = text.use() == TaskText.Use.ITEMS || text.use() == TaskText.Use.CONDITION;
        text(text, place.pointer, once ? Optional.empty() : item, found);
      }
      places.add(place);
      uses.add(found);
    }
  }

  private void text(TaskText text, String base, Optional<ValueType> item, List<Use> found) {
    if (!text.mayHoldExpressions()) {
      return;
    }
    String pointer = base + text.pointer();
    try {
      for (Template.Part.Expression e : text.expressions()) {
        Checked checked =
            text.use() == TaskText.Use.ENDED ? ended(e.source()) : check(e.source(), item);
        found.add(new Use(text, pointer, e.offset(), e.source(), checked));
      }
      if (text.use() == TaskText.Use.SHELL) {
        ShellScript.of(text.text());
      }
    } catch (TemplateException e) {
      e.faults().forEach(fault -> faults.add(new TextFault(pointer, fault)));
    }
  }

  private Checked check(String source, Optional<ValueType> item) {
    return known.computeIfAbsent(new Key(source, item, false), key -> session.check(source, item));
  }

  private Checked ended(String source) {
    return known.computeIfAbsent(
        new Key(source, Optional.empty(), true), key -> ended.check(source, Optional.empty()));
  }

  /** The type of {@code item} in a mapped task. */
  private ValueType item(MapOver map) {
    ValueType element = element(map.items());
    return map.batch().isPresent() ? new ValueType.ListOf(element) : element;
  }

  private ValueType element(JsonNode items) {
    if (items.isString() && items.stringValue().contains(TemplateScanner.OPEN)) {
      return listType(items.stringValue()) instanceof ValueType.ListOf list
          ? list.element()
          : ValueType.ANY;
    }
    if (!items.isArray() || items.isEmpty()) {
      return ValueType.ANY;
    }
    return common(items);
  }

  private ValueType listType(String text) {
    try {
      Template template = Template.of(text);
      return template.isWhole()
          ? check(template.expressions().getFirst().source(), Optional.empty()).type()
          : ValueType.ANY;
    } catch (TemplateException e) {
      return ValueType.ANY;
    }
  }

  private static ValueType common(JsonNode items) {
    for (ValueType type :
        List.of(ValueType.Scalar.INTEGER, ValueType.Scalar.NUMBER, ValueType.Scalar.BOOLEAN)) {
      if (items.valueStream().allMatch(v -> ValueTypes.mismatch(type, v).isEmpty())) {
        return type;
      }
    }
    boolean texts =
        items
            .valueStream()
            .allMatch(v -> v.isString() && !v.stringValue().contains(TemplateScanner.OPEN));
    return texts ? ValueType.Scalar.STRING : ValueType.ANY;
  }

  Flow flow() {
    return flow;
  }

  /** All tasks, failure handlers last. */
  List<Place> places() {
    return places;
  }

  /** The expressions of the task at the same place in {@link #places}. */
  List<Use> uses(int place) {
    return uses.get(place);
  }

  /** The expressions of the flow's outputs. */
  List<Use> outputs() {
    return outputs;
  }

  /** The expressions of the flow's triggers. */
  List<Use> triggers() {
    return triggers;
  }

  /** What is wrong with texts, as far as their expressions could not be taken out of them. */
  List<TextFault> faults() {
    return faults;
  }

  /** Checks an expression as if it had an item. */
  boolean fineWithItem(Use use, MapOver map) {
    return check(use.source(), Optional.of(item(map))).faults().isEmpty();
  }
}
