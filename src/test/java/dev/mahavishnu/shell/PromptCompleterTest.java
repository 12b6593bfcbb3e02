package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptCompleterTest {
  @TempDir Path root;

  private List<String> after(String... words) {
    TestPlace place = new TestPlace(root);
    place.history = Optional.of(new TestHistory(TestPlace.flow("orders", "a"), root));
    return new PromptCompleter(() -> place, Optional::empty)
        .candidates(List.of(words), "").stream().map(Candidate::value).toList();
  }

  @Test
  void verbs_about_runs_are_followed_by_runs() {
    assertThat(after("why")).contains(TestHistory.RUN.text());
    assertThat(after("/fix")).contains(TestHistory.RUN.text());
    assertThat(after("cost")).isEmpty();
  }

  @Test
  void verbs_about_sessions_and_models_are_followed_by_those() {
    TestPlace place = new TestPlace(root);
    Transcript one = Transcript.begun(root, place.clock().instant(), 7);
    one.add(
        new Exchange(
            place.clock().instant(),
            "x",
            List.of(),
            0,
            Optional.empty(),
            Optional.empty(),
            dev.mahavishnu.plan.Usage.NONE,
            Optional.empty()),
        place.redactor());
    assertThat(after("transcript")).containsExactly("list", one.id());
    assertThat(after("model")).containsExactly("offline");
  }

  /** {@code trigger FLOW --param}, {@code logs RUN TASK}: what the command tree says of them. */
  private PromptCompleter completer(Commands.Kind kind, Optional<Draft> draft) {
    TestPlace place = new TestPlace(root);
    place.history = Optional.of(new TestHistory(TestPlace.flow("orders", "a", "b"), root));
    place.flows.put("daily", withParameters());
    Commands few = new FewCommands();
    Commands commands =
        new Commands() {
          @Override
          public Reading read(List<String> words) {
            return few.read(words);
          }

          @Override
          public int run(List<String> words) {
            return few.run(words);
          }

          @Override
          public List<Commands.Candidate> complete(List<String> words, String begun) {
            return List.of(new Commands.Candidate("", "", kind));
          }

          @Override
          public Optional<RunId> debugged() {
            return few.debugged();
          }

          @Override
          public void debugNoMore() {
            few.debugNoMore();
          }

          @Override
          public List<String> shell(RunId run, String task, Path scratch) {
            return few.shell(run, task, scratch);
          }

          @Override
          public List<String> next(List<String> path) {
            return few.next(path);
          }
        };
    return new PromptCompleter(() -> place.with(commands), () -> draft);
  }

  private static Flow withParameters() {
    String yaml =
        """
        flow: daily
        parameters:
          - {name: day, type: date, default: "2026-01-02"}
          - {name: dry, type: boolean, description: "Write nothing. Only look."}
        secrets: [WAREHOUSE_TOKEN]
        tasks: [{id: x, type: compute, value: 1}]
        """;
    return ((ReadResult.Valid) new FlowReader(new Expressions()).read("x", yaml, Path.of("/")))
        .source()
        .flow();
  }

  private static List<String> texts(List<Candidate> candidates) {
    return candidates.stream().map(c -> c.value() + " (" + c.descr() + ")").toList();
  }

  @Test
  void parameters_of_the_flow_on_the_line_come_with_type_and_default() {
    PromptCompleter completer = completer(Commands.Kind.PARAMETER, Optional.empty());
    List<String> words = List.of("workflow", "trigger", "--name", "daily", "--param");
    assertThat(texts(completer.candidates(words, "")))
        .containsExactly("day= (date, 2026-01-02 by default)", "dry= (boolean: Write nothing)");
    assertThat(texts(completer.candidates(words, "day=")))
        .containsExactly("day=2026-01-02 (date, 2026-01-02 by default)");
    List<String> shorter = List.of("/workflow", "trigger", "daily");
    assertThat(texts(completer.candidates(shorter, "--param=dr")))
        .contains("--param=dry= (boolean: Write nothing)");
    assertThat(texts(completer.candidates(words, "dry=")))
        .extracting(text -> text.replaceFirst(" .*", ""))
        .containsExactly("dry=true", "dry=false");
  }

  @Test
  void parameters_of_the_draft_come_after_run() {
    Draft draft = new Draft(withParameters(), root, Optional.empty());
    PromptCompleter completer = completer(Commands.Kind.VALUE, Optional.of(draft));
    assertThat(texts(completer.candidates(List.of("run"), "--")))
        .contains("--param (a parameter of the draft)");
    assertThat(texts(completer.candidates(List.of("run", "--param"), "d")))
        .startsWith("day= (date, 2026-01-02 by default)", "dry= (boolean: Write nothing)");
  }

  @Test
  void a_secret_is_never_offered() {
    Draft draft = new Draft(withParameters(), root, Optional.empty());
    for (Commands.Kind kind : Commands.Kind.values()) {
      PromptCompleter completer = completer(kind, Optional.of(draft));
      for (String line : List.of("", "run", "run --param", "workflow trigger daily --param")) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));
        assertThat(texts(completer.candidates(words, ""))).noneMatch(t -> t.contains("TOKEN"));
      }
    }
  }

  @Test
  void runs_come_with_their_flow_state_and_age_the_newest_first() {
    assertThat(texts(completer(Commands.Kind.RUN, Optional.empty()).candidates(words(), "")))
        .containsExactly(
            "last (the newest run)", TestHistory.RUN.text() + " (orders, Failed, 0.0s ago)");
  }

  private static List<String> words() {
    return List.of("run", "show");
  }

  @Test
  void tasks_are_those_of_the_run_or_the_flow_on_the_line() {
    PromptCompleter completer = completer(Commands.Kind.TASK, Optional.empty());
    for (String run : List.of("last", "k7qd", TestHistory.RUN.text())) {
      assertThat(texts(completer.candidates(List.of("run", "logs", run), "")))
          .as(run)
          .containsExactly("b (Failed)");
    }
    assertThat(texts(completer.candidates(List.of("run", "x", "daily"), "")))
        .containsExactly("x (compute task)");
  }

  @Test
  void the_first_word_may_be_any_verb() {
    assertThat(after()).contains("why", "fix", "model", "cost", "transcript", "run");
  }
}
