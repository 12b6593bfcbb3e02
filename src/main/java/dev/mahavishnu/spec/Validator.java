package dev.mahavishnu.spec;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Holds a flow against what its fields must say together, once each is as it should be. */
final class Validator {
  private final ExpressionChecker checker;
  private final Report report;
  private final Optional<Path> folder;

  /**
   * @param folder what the flow's files are relative to; absent: they need not be there yet
   */
  Validator(ExpressionChecker checker, Report report, Optional<Path> folder) {
    this.checker = checker;
    this.report = report;
    this.folder = folder;
  }

  /**
   * @param pointer where the flow stands in its file, empty for the whole of it
   */
  void validate(Flow flow, String pointer) {
    new NameCheck(report).check(flow, pointer);
    parameters(flow, pointer);
    for (int i = 0; i < flow.schedules().size(); i++) {
      new ScheduleCheck(report).check(flow.schedules().get(i), pointer + "/schedules/" + i);
    }
    for (int i = 0; i < flow.triggers().size(); i++) {
      new TriggerCheck(report, flow).check(flow.triggers().get(i), pointer + "/triggers/" + i);
    }
    positive(flow.timeout(), pointer + "/timeout", "timeout");
    Analysis analysis = Analysis.of(flow, checker, pointer);
    new ExpressionCheck(report, analysis).check();
    new DependencyCheck(report, analysis).check();
    analysis.places().forEach(this::task);
  }

  private void parameters(Flow flow, String pointer) {
    for (int i = 0; i < flow.parameters().size(); i++) {
      Parameter parameter = flow.parameters().get(i);
      String at = pointer + "/parameters/" + i + "/default";
      if (parameter.defaultValue().isEmpty()) {
        continue;
      }
      if (Templates.anyIn(parameter.defaultValue().get())) {
        report.at(at, "a default can't hold an expression", "");
      } else {
        ValueTypes.mismatch(parameter.type(), parameter.defaultValue().get())
            .ifPresent(
                why ->
                    report.at(
                        at, "the default of parameter `" + parameter.name() + "`: " + why, ""));
      }
    }
  }

  private void task(Analysis.Place place) {
    Task task = place.task();
    String at = place.pointer();
    positive(task.timeout(), at + "/timeout", "timeout");
    retry(task.retry(), at);
    environment(task, at);
    for (int i = 0; i < task.files().size(); i++) {
      file(task.files().get(i), at + "/files/" + i);
    }
    switch (task.work()) {
      case Work.Python python -> {
        python.file().ifPresent(f -> file(f, at + "/file"));
        python.script().ifPresent(s -> script(s, at + "/script"));
      }
      case Work.Subflow subflow -> subflow(subflow, at);
      case Work.Approval approval -> positive(approval.expires(), at + "/expires", "expires");
      case Work.Shell _, Work.Http _, Work.Compute _, Work.Custom _ -> {}
    }
  }

  private void positive(Optional<Duration> duration, String pointer, String name) {
    if (duration.filter(Duration::isZero).isPresent()) {
      report.at(pointer, "`" + name + "` must be longer than 0s", "");
    }
  }

  private void retry(Retry retry, String at) {
    if (retry.max().compareTo(retry.initial()) < 0) {
      report.at(at + "/retry_delay/max", "`max` is shorter than `initial`", "");
    }
  }

  private void environment(Task task, String at) {
    for (int i = 0; i < task.env().size(); i++) {
      String name = task.env().get(i).name();
      if (name.startsWith("MAHAVISHNU_") || name.matches("MV_[0-9]+(_FILE)?")) {
        report.at(
            at + "/env/" + i + "/name", "`" + name + "` is a name that Mahavishnu sets itself", "");
      }
    }
  }

  private void file(String name, String pointer) {
    if (name.isEmpty() || name.contains(TemplateScanner.OPEN)) {
      return;
    }
    try {
      if (folder.isPresent() && !Files.isRegularFile(folder.get().resolve(name))) {
        report.at(pointer, "there is no file " + name, "files are relative to the spec's folder");
      }
    } catch (InvalidPathException e) {
      report.at(pointer, "`" + name + "` is not a path", "");
    }
  }

  private void script(String script, String pointer) {
    int at = script.indexOf(TemplateScanner.OPEN);
    if (at >= 0) {
      report.within(
          pointer,
          at,
          "an expression can't stand in Python code",
          "pass its value by `inputs` and read it as inputs[\"name\"]");
    }
  }

  private void subflow(Work.Subflow subflow, String at) {
    subflow
        .spec()
        .filter(spec -> spec.isString() && !Templates.isWhole(spec.stringValue()))
        .ifPresent(
            _ ->
                report.at(
                    at + "/spec",
                    "`spec` must be a flow or one expression that gives one",
                    "for a flow of the workspace write `flow: name`"));
    subflow
        .spec()
        .filter(spec -> spec.isObject())
        .ifPresent(
            _ -> {
              // Its shape was checked with that of the whole file.
              Node inner = report.positions().root().nearest(at + "/spec");
              validate(new FlowBuilder(report.problems()).flow(inner), at + "/spec");
            });
  }
}
