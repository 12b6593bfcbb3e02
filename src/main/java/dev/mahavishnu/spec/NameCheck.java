package dev.mahavishnu.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that must be unique. */
record NameCheck(Report report) {

  void check(Flow flow, String pointer) {
    Map<String, String> ids = new HashMap<>();
    tasks(flow.tasks(), pointer + "/tasks/", ids);
    tasks(flow.onFailure(), pointer + "/on_failure/", ids);
    unique(
        flow.parameters().stream().map(Parameter::name).toList(),
        pointer + "/parameters/",
        "/name",
        "parameter");
    unique(flow.secrets(), pointer + "/secrets/", "", "secret");
    named(flow.outputs(), pointer + "/outputs/", "output");
    for (int i = 0; i < flow.triggers().size(); i++) {
      String at = pointer + "/triggers/" + i + "/parameters/";
      named(flow.triggers().get(i).parameters(), at, "parameter");
    }
  }

  private void tasks(List<Task> tasks, String pointer, Map<String, String> ids) {
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      String at = pointer + i;
      unique(task.id(), at + "/id", "task", ids);
      named(task.env(), at + "/env/", "variable");
      switch (task.work()) {
        case Work.Python python -> named(python.inputs(), at + "/inputs/", "input");
        case Work.Subflow subflow -> named(subflow.parameters(), at + "/parameters/", "parameter");
        case Work.Shell _, Work.Http _, Work.Compute _, Work.Approval _, Work.Custom _ -> {}
      }
    }
  }

  private void named(List<NamedValue> values, String pointer, String what) {
    unique(values.stream().map(NamedValue::name).toList(), pointer, "/name", what);
  }

  private void unique(List<String> names, String pointer, String suffix, String what) {
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      unique(names.get(i), pointer + i + suffix, what, seen);
    }
  }

  private void unique(String name, String pointer, String what, Map<String, String> seen) {
    if (name.isEmpty()) {
      return;
    }
    String first = seen.putIfAbsent(name, pointer);
    if (first != null) {
      report.at(
          pointer,
          "a second " + what + " `" + name + "`",
          "the first is on line " + report.positions().value(first).line());
    }
  }
}
