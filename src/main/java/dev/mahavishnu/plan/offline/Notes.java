package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.plan.offline.Meanings.Field;
import dev.mahavishnu.spec.Work;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a person should know of the steps of a proposal: what is not there, what is counted on. */
final class Notes {
  private static final Pattern PATH = Pattern.compile("(\\./|\\.\\./|/|[A-Za-z0-9_-]+/)[^$~*?]+");

  private final WorkspaceView workspace;
  private final Findings findings;

  Notes(WorkspaceView workspace, Findings findings) {
    this.workspace = workspace;
    this.findings = findings;
  }

  /** Files and flows that a step names and that are not there. */
  void files(StepDraft step) {
    switch (step.work) {
      case Work.Shell shell ->
          shell.command().flatMap(Notes::program).ifPresent(path -> file(in(step, path), path));
      case Work.Python python -> python.file().ifPresent(path -> file(path, path));
      case Work.Subflow flow ->
          flow.flow()
              .filter(name -> !workspace.flows().contains(name))
              .ifPresent(
                  name -> findings.note("there is no flow " + name + " in this workspace yet"));
      case Work.Http _, Work.Compute _, Work.Approval _, Work.Custom _ -> {}
    }
  }

  private void file(String path, String said) {
    if (!workspace.hasFile(path)) {
      findings.note("there is no file " + said + " yet");
    }
  }

  /** A program is looked for from where the step works. */
  private static String in(StepDraft step, String path) {
    return step.workingDir
        .filter(_ -> !path.startsWith("/"))
        .map(dir -> dir + "/" + path)
        .orElse(path);
  }

  private static Optional<String> program(String command) {
    String first = command.strip().split("\\s+")[0];
    return PATH.matcher(first).matches() ? Optional.of(first) : Optional.empty();
  }

  /** Fields of outputs that the flow counts on: a script must know that. */
  void fields(List<Field> fields, FlowDraft draft) {
    for (Field field : fields) {
      draft
          .step(field.step())
          .ifPresent(
              step -> {
                if (step.work instanceof Work.Shell) {
                  findings.note(
                      "%s must leave %s in its output: write {\"%s\": …} to the file that $MAHAVISHNU_OUTPUT names"
                          .formatted(step.id, field.name(), field.name()));
                } else if (step.work instanceof Work.Python) {
                  findings.note(step.id + " must leave " + field.name() + " in its result");
                }
              });
    }
  }
}
