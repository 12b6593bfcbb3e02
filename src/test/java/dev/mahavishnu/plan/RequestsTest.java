package dev.mahavishnu.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.Position;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestsTest {
  /** A planner that understands nothing but says that it was asked. */
  private static final Planner ASKED =
      (request, _) -> new Proposal.Refused("asked: " + request.text());

  private static final Requests REQUESTS = new Requests(new FlowReader(new Expressions()), ASKED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flow: x\ntasks:\n  - {id: a, type: shell, command: ./a.sh}\n",
        "# mine\n---\ntasks:\n  - {id: a, type: shell, command: ./a.sh}\nflow: x",
        "{\"flow\": \"x\", \"tasks\": [{\"id\": \"a\", \"type\": \"shell\", \"command\":"
            + " \"./a.sh\"}]}",
        "  {flow: x, tasks: [{id: a, type: shell, command: ./a.sh}]}",
        "```yaml\nflow: x\ntasks:\n  - {id: a, type: shell, command: ./a.sh}\n```\n"
      })
  void a_text_that_is_a_flow_is_read_and_not_planned(String text) {
    assertThat(Requests.intent(text)).isEqualTo(new Intent.Spec(text));
    assertThat(REQUESTS.plan(Request.of(text, WorkspaceView.EMPTY)))
        .isInstanceOfSatisfying(
            Proposal.Proposed.class,
            p -> {
              assertThat(p.flow().name()).isEqualTo("x");
              assertThat(p.notes()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run ./a.sh",
        "a flow: it runs ./a.sh",
        "new flow: run ./a.sh",
        "run the flow etl",
        "call POST https://example.org with body {\"flow\": 1}",
        "{\"text\": \"flow\"}",
        ""
      })
  void words_go_to_the_planner(String text) {
    assertThat(Requests.intent(text)).isEqualTo(new Intent.Sentence(text));
    assertThat(REQUESTS.plan(Request.of(text, WorkspaceView.EMPTY)))
        .isEqualTo(new Proposal.Refused("asked: " + text));
  }

  @Test
  void problems_of_a_pasted_flow_stand_at_the_lines_of_the_text_as_it_was_pasted() {
    String text = "```\nflow: x\ntasks:\n  - {id: a, type: shell, comand: ./a.sh}\n```";
    assertThat(REQUESTS.plan(Request.of(text, WorkspaceView.EMPTY)))
        .isInstanceOfSatisfying(
            Proposal.Invalid.class,
            invalid -> {
              assertThat(invalid.problems()).isNotEmpty();
              assertThat(invalid.problems())
                  .allSatisfy(
                      p -> {
                        assertThat(p.file()).isEqualTo(Requests.NAME);
                        assertThat(p.at()).isGreaterThanOrEqualTo(new Position(4, 1));
                      });
            });
  }

  @Test
  void a_pasted_flow_with_the_name_of_another_says_so() {
    String text = "flow: x\ntasks:\n  - {id: a, type: shell, command: ./a.sh}";
    WorkspaceView workspace = WorkspaceView.of(Set.of("x"), _ -> true);
    assertThat(REQUESTS.plan(Request.of(text, workspace)))
        .isInstanceOfSatisfying(
            Proposal.Proposed.class,
            p ->
                assertThat(p.notes())
                    .containsExactly("there is a flow x already: saving this one replaces it"));
  }
}
