package dev.mahavishnu.llm;

import dev.mahavishnu.run.Evidence;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The evidence of a run in numbered pieces, for a model to cite and for code to check. */
final class EvidencePieces {
  private static final int LONGEST_SPEC_PIECE = 1_000;

  /**
   * A fact.
   *
   * @param task id, in the flow itself, of the task that it is about
   * @param text one line as it is shown to a person who asks what an explanation rests on
   */
  record Piece(Optional<String> task, String text) {}

  private final Map<String, Piece> pieces = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();

  private EvidencePieces() {}

  static EvidencePieces of(Evidence evidence) {
    EvidencePieces made = new EvidencePieces();
    made.run(evidence.summary());
    evidence
        .parameters()
        .properties()
        .forEach(p -> made.add(Optional.empty(), "parameter " + p.getKey() + " = " + p.getValue()));
    evidence.failures().forEach(made::failure);
    if (evidence.moreFailures() > 0) {
      made.add(Optional.empty(), evidence.moreFailures() + " more task runs failed");
    }
    evidence.neverRan().forEach(left -> made.left(left, "did not run"));
    evidence.skipped().forEach(left -> made.left(left, "was skipped"));
    evidence.open().forEach(made::open);
    made.upstream(evidence);
    if (evidence.failures().isEmpty()) {
      evidence.slowest().forEach(t -> made.about(t.task(), "took " + Spans.text(t.time())));
    }
    return made;
  }

  private void add(Optional<String> task, String text) {
    pieces.put("E" + (pieces.size() + 1), new Piece(task, text.replaceAll("\\R", "\\\\n")));
  }

  private void about(TaskKey task, String text) {
    add(Optional.of(inFlow(task)), "`" + task.text() + "` " + text);
  }

  /** The task of the flow itself that a task run belongs to. */
  private static String inFlow(TaskKey task) {
    return task.text().replaceFirst("[\\[/].*", "");
  }

  private void run(RunSummary run) {
    String took =
        run.started()
            .flatMap(s -> run.ended().map(e -> ", after " + Spans.text(Duration.between(s, e))))
            .orElse("");
    add(
        Optional.empty(),
        "run "
            + run.run()
            + " of "
            + run.flow()
            + ": "
            + state(run.state())
            + took
            + "; "
            + run.tasks().done()
            + " of "
            + run.tasks().total()
            + " task runs ended");
  }

  private static String state(State state) {
    return state.message().isEmpty() ? state.name() : state.name() + ": " + state.message();
  }

  private void failure(Evidence.Failure failure) {
    TaskKey task = failure.task();
    failed.add(inFlow(task));
    String attempt = "attempt " + failure.attempt();
    about(
        task,
        attempt
            + " of "
            + failure.attempts()
            + ": "
            + state(failure.state())
            + (failure.exit().isPresent() ? " (exit " + failure.exit().getAsInt() + ")" : ""));
    failure
        .items()
        .ifPresent(
            items -> {
              about(
                  task, "is the first of " + items.failed() + " failed items of " + items.total());
              if (!items.item().isEmpty()) {
                about(task, "got the item " + items.item());
              }
            });
    failure.earlier().forEach(line -> about(task, line));
    failure.definition().forEach(field -> about(task, "has " + field.name() + ": " + field.text()));
    failure.log().forEach(line -> about(task, attempt + ", " + log(line)));
  }

  private static String log(Evidence.Numbered line) {
    return "log line " + line.line() + " (" + line.stream() + "): " + line.text();
  }

  private void left(Evidence.Left left, String what) {
    about(left.task(), left.why().isEmpty() ? what : what + ": " + left.why());
  }

  private void open(Evidence.Open open) {
    about(open.task(), "attempt " + open.attempt() + " is " + state(open.state()));
    open.log().forEach(line -> about(open.task(), log(line)));
  }

  /** What a failed task got its values from may be what is wrong. */
  private void upstream(Evidence evidence) {
    JsonNode spec = JsonMapper.shared().readTree(evidence.spec());
    List<String> definitions = new ArrayList<>();
    for (JsonNode task : spec.path("tasks")) {
      if (failed.contains(task.path("id").asString(""))) {
        definitions.add(task.toString());
      }
    }
    for (JsonNode task : spec.path("tasks")) {
      String id = task.path("id").asString("");
      Pattern word = Pattern.compile("(?<![\\w-])" + Pattern.quote(id) + "(?![\\w-])");
      if (!failed.contains(id) && definitions.stream().anyMatch(d -> word.matcher(d).find())) {
        String text = task.toString();
        add(
            Optional.of(id),
            "`"
                + id
                + "`, that failed tasks refer to, is "
                + text.substring(0, Math.min(LONGEST_SPEC_PIECE, text.length())));
      }
    }
  }

  /** All of it, a line each, with the numbers. */
  String text() {
    StringBuilder text = new StringBuilder();
    pieces.forEach((id, piece) -> text.append(id).append(' ').append(piece.text()).append('\n'));
    return text.toString();
  }

  /** The piece of that number. */
  Optional<Piece> piece(String id) {
    return Optional.ofNullable(pieces.get(id));
  }

  /** Ids, in the flow itself, of the tasks that failed or in which something failed. */
  Set<String> failed() {
    return Set.copyOf(failed);
  }
}
