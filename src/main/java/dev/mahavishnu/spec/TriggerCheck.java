package dev.mahavishnu.spec;

import java.util.List;
import java.util.Optional;

/** Whether a flow can follow others as it says; its expressions are checked elsewhere. */
record TriggerCheck(Report report, Flow flow) {
  void check(Trigger trigger, String pointer) {
    if (!flow.name().isEmpty() && trigger.after().equals(flow.name())) {
      report.at(
          pointer + "/after",
          "a flow can't follow itself: it would never end",
          "for repetition give it a schedule");
    }
    for (int i = 0; i < trigger.parameters().size(); i++) {
      parameter(trigger.parameters().get(i), pointer + "/parameters/" + i);
    }
  }

  private void parameter(NamedValue given, String pointer) {
    Optional<Parameter> known =
        flow.parameters().stream().filter(p -> p.name().equals(given.name())).findFirst();
    if (given.name().isEmpty()) {
      return;
    }
    if (known.isEmpty()) {
      List<String> names = flow.parameters().stream().map(Parameter::name).toList();
      report.at(
          pointer + "/name",
          "flow `" + flow.name() + "` has no parameter `" + given.name() + "`",
          Nearest.hint(given.name(), names));
    } else if (!Templates.anyIn(given.value())) {
      ValueTypes.mismatch(known.get().type(), given.value())
          .ifPresent(
              why -> report.at(pointer + "/value", "parameter `" + given.name() + "`: " + why, ""));
    }
  }
}
