package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Request;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person should know before they agree to a flow: what it counts on and is not there. */
final class Notes {
  private static final Pattern PATH = Pattern.compile("(\\./|\\.\\./|/|[A-Za-z0-9_-]+/)[^$~*?]+");

  private final Request request;
  private final Set<String> notes = new LinkedHashSet<>();

  private Notes(Request request) {
    this.request = request;
  }

  static List<String> of(Flow flow, Request request) {
    Notes notes = new Notes(request);
    Set<Task> known = new LinkedHashSet<>();
    request.draft().ifPresent(d -> Stream.of(d.tasks(), d.onFailure()).forEach(known::addAll));
    Stream.of(flow.tasks(), flow.onFailure())
        .flatMap(List::stream)
        .filter(task -> !known.contains(task))
        .forEach(notes::task);
    boolean same = request.draft().filter(d -> d.name().equals(flow.name())).isPresent();
    if (!same && request.workspace().flows().contains(flow.name())) {
      notes.notes.add("there is a flow " + flow.name() + " already: saving this one replaces it");
    }
    return new ArrayList<>(notes.notes);
  }

  private void task(Task task) {
    switch (task.work()) {
      case Work.Shell shell ->
          shell
              .command()
              .or(() -> shell.argv().stream().findFirst())
              .flatMap(Notes::program)
              .ifPresent(path -> file(in(task, path), path));
      case Work.Python python -> python.file().ifPresent(path -> file(path, path));
      case Work.Subflow flow ->
          flow.flow()
              .filter(name -> !request.workspace().flows().contains(name))
              .ifPresent(name -> notes.add("there is no flow " + name + " in this workspace yet"));
      case Work.Http _, Work.Compute _, Work.Approval _, Work.Custom _ -> {}
    }
    task.files().forEach(path -> file(path, path));
  }

  private void file(String path, String said) {
    if (!request.workspace().hasFile(path)) {
      notes.add("there is no file " + said + " yet");
    }
  }

  private static String in(Task task, String path) {
    return task.workingDir()
        .filter(_ -> !path.startsWith("/"))
        .map(dir -> dir + "/" + path)
        .orElse(path);
  }

  private static Optional<String> program(String command) {
    String first = command.strip().split("\\s+")[0];
    return PATH.matcher(first).matches() ? Optional.of(first) : Optional.empty();
  }
}
