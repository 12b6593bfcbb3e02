package dev.mahavishnu.spec;

import dev.mahavishnu.spec.ExpressionChecker.Fault;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Says what is wrong with the expressions of a flow, and with the texts that they stand in. */
record ExpressionCheck(Report report, Analysis analysis) {

  void check() {
    for (Analysis.TextFault fault : analysis.faults()) {
      report.within(
          fault.pointer(), fault.fault().offset(), fault.fault().message(), fault.fault().hint());
    }
    List<Analysis.Place> places = analysis.places();
    for (int i = 0; i < places.size(); i++) {
      Analysis.Place place = places.get(i);
      analysis.uses(i).forEach(use -> use(use, place.task()));
      place.task().map().ifPresent(map -> items(map, place));
    }
    for (Analysis.Use use : analysis.outputs()) {
      use.checked().faults().forEach(fault -> fault(use, fault));
    }
    for (Analysis.Use use : analysis.triggers()) {
      use.checked().faults().forEach(fault -> fault(use, fault));
    }
  }

  private void use(Analysis.Use use, Task task) {
    List<Fault> faults = use.checked().faults();
    boolean once =
        use.text().use() == TaskText.Use.CONDITION || use.text().use() == TaskText.Use.ITEMS;
    if (once
        && !faults.isEmpty()
        && task.map().filter(m -> analysis.fineWithItem(use, m)).isPresent()) {
      String field = use.text().use() == TaskText.Use.CONDITION ? "when" : "map";
      report.within(
          use.pointer(),
          use.offset() + faults.getFirst().offset(),
          "`" + field + "` is asked once for the whole task, before there is an item",
          field.equals("when") ? "leave items out of the list in `map` instead" : "");
      return;
    }
    faults.forEach(fault -> fault(use, fault));
    if (faults.isEmpty()) {
      type(use);
    }
  }

  private void fault(Analysis.Use use, Fault fault) {
    report.within(use.pointer(), use.offset() + fault.offset(), fault.message(), fault.hint());
  }

  private void type(Analysis.Use use) {
    ValueType type = use.checked().type();
    int start = use.offset() + leadingBlanks(use.source());
    if (use.text().use() == TaskText.Use.CONDITION) {
      if (!isOneExpression(use.text().text())) {
        report.within(
            use.pointer(), 0, "`when` must be one expression", "join them with && or || in one");
      } else if (!type.equals(ValueType.ANY) && !type.equals(ValueType.Scalar.BOOLEAN)) {
        report.within(
            use.pointer(),
            start,
            "`when` must be true or false, not " + type.text(),
            "compare it with something");
      }
    } else if (use.text().pointer().equals("/map")
        && !type.equals(ValueType.ANY)
        && !(type instanceof ValueType.ListOf)) {
      report.within(use.pointer(), start, "`map` must be a list, not " + type.text(), "");
    }
  }

  private static boolean isOneExpression(String condition) {
    String text = condition.strip();
    return !text.startsWith(TemplateScanner.OPEN) || Templates.isWhole(text);
  }

  private static int leadingBlanks(String source) {
    return source.length() - source.stripLeading().length();
  }

  private void items(MapOver map, Analysis.Place place) {
    JsonNode items = map.items();
    if (items.isString() && !Templates.isWhole(items.stringValue())) {
      report.at(
          place.pointer() + "/map",
          "`map` must be a list or one expression that gives one",
          items.stringValue().contains(TemplateScanner.OPEN)
              ? "put nothing around the expression"
              : "write ${{ " + items.stringValue() + " }} or [" + items.stringValue() + "]");
    }
  }
}
