package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Moves a flow to another folder: what it names by a relative path there is what it named here. */
final class Relocation {
  private final String way;

  private Relocation(String way) {
    this.way = way;
  }

  /** The flow as it must be written in {@code to}, when its files are relative to {@code from}. */
  static Flow of(Flow flow, Path from, Path to) {
    Path way = to.toAbsolutePath().normalize().relativize(from.toAbsolutePath().normalize());
    return way.toString().isEmpty() ? flow : new Relocation(way.toString()).move(flow);
  }

  private Flow move(Flow flow) {
    return new Flow(
        flow.name(),
        flow.description(),
        flow.parameters(),
        flow.secrets(),
        flow.tasks().stream().map(this::move).toList(),
        flow.onFailure().stream().map(this::move).toList(),
        flow.outputs(),
        flow.schedules(),
        flow.triggers(),
        flow.timeout(),
        flow.concurrency());
  }

  private Task move(Task task) {
    boolean works =
        switch (task.work()) {
          case Work.Shell _, Work.Python _, Work.Custom _ -> true;
          case Work.Http _, Work.Compute _, Work.Subflow _, Work.Approval _ -> false;
        };
    Optional<String> dir =
        task.workingDir().map(this::path).or(() -> works ? Optional.of(way) : Optional.empty());
    List<String> files = task.files().stream().map(this::path).toList();
    return new Task(
        task.id(),
        task.description(),
        move(task.work()),
        task.dependsOn(),
        task.runIf(),
        task.when(),
        task.map(),
        task.retry(),
        task.timeout(),
        task.cache(),
        task.env(),
        dir,
        task.tags(),
        task.onCrash(),
        task.output(),
        files);
  }

  private Work move(Work work) {
    return work instanceof Work.Python p
        ? new Work.Python(p.file().map(this::path), p.script(), p.inputs())
        : work;
  }

  /** A path that an expression begins can't be moved: only a run knows what it is relative to. */
  private String path(String path) {
    if (path.startsWith("/") || path.startsWith("${{")) {
      return path;
    }
    String tail = path.startsWith("./") ? path.substring(2) : path;
    return tail.isEmpty() || tail.equals(".") ? way : way + "/" + tail;
  }
}
