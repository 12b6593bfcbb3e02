package dev.mahavishnu.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.eval.Verdict.Kind;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.spec.Flow;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The judge, with proposals that are right in other words and proposals that are wrong by a hair.
 */
final class JudgeTest {
  private static final String CASE =
      """
      case: t
      workspace: shop
      says: extract.sh, then clean.py and in parallel backup.sh, then load.sh, three retries for that
      right:
        tasks:
          extract: {shell: extract.sh}
          clean: {run: clean.py, after: extract}
          backup: {shell: backup.sh, after: extract}
          load: {shell: load.sh, after: [clean, backup], retries: 3}
        on_failure: {notify: {shell: notify.sh}}
        schedules: ["0 6 * * 1-5 Europe/Berlin"]
      """;

  private static final String RIGHT =
      """
      flow: orders
      tasks:
        - {id: a, type: shell, command: ./extract.sh}
        - {id: b, type: shell, command: python3 clean.py, depends_on: [a]}
        - {id: c, type: shell, argv: [./backup.sh], depends_on: [a]}
        - {id: d, type: shell, command: sh load.sh, depends_on: [a, b, c], retries: 3}
      on_failure:
        - {id: n, type: shell, command: ./notify.sh}
      schedules:
        - {cron: "00 06 * * MON-FRI", timezone: Europe/Berlin}
      """;

  @Test
  void free_choices_are_right() {
    assertThat(judged(CASE, RIGHT)).isEqualTo(Verdict.of(Kind.RIGHT).kind());
  }

  @Test
  void a_task_that_waits_for_all_and_runs_if_one_failed_is_a_failure_handler() {
    String other =
        RIGHT.replace(
            """
            on_failure:
              - {id: n, type: shell, command: ./notify.sh}
            """,
            "  - {id: n, type: shell, command: ./notify.sh, depends_on: [a, b, c, d], run_if:"
                + " one_failed}\n");
    assertThat(judged(CASE, other)).isEqualTo(Kind.RIGHT);
    assertThat(judged(CASE, other.replace("[a, b, c, d], run_if", "[d], run_if")))
        .isEqualTo(Kind.WRONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "depends_on: [a, b, c], retries | depends_on: [a, b], retries | load does not wait for"
            + " backup",
        "argv: [./backup.sh], depends_on: [a] | argv: [./backup.sh], depends_on: [b] | backup waits"
            + " for clean",
        "Europe/Berlin | UTC | schedules",
        "MON-FRI | MON-SAT | schedules",
        "00 06 | 00 18 | schedules",
        "retries: 3 | retries: 2 | load: retries is 2, not 3",
        "depends_on: [a]} | depends_on: [a], retries: 3} | retries is 3, not 0",
        "sh load.sh | sh load.sh --force | nobody said `--force`",
        "sh load.sh | sh extract.sh | load",
        "./extract.sh} | ./extract.sh, timeout: 5m} | extract: timeout is PT5M, not none",
        "depends_on: [a]} | depends_on: [a], run_if: all_done} | run_if is all_done",
        "tasks: | tasks:\\n  - {id: x, type: shell, command: ./extract.sh} | nobody asked for",
        "flow: orders | flow: orders\\ntimeout: 1h | timeout",
        "flow: orders | flow: orders\\n"
            + "parameters: [{name: day, type: date}] | nobody asked for day",
        "flow: orders | flow: orders\\nsecrets: [WAREHOUSE_TOKEN] | secrets",
      })
  void a_flow_that_is_wrong_by_a_hair_is_wrong_and_it_is_said_in_what(
      String from, String to, String why) {
    String wrong = RIGHT.replaceFirst(java.util.regex.Pattern.quote(from), to.replace("\\n", "\n"));
    assertThat(wrong).isNotEqualTo(RIGHT);
    Verdict verdict = verdict(CASE, proposed(wrong));
    assertThat(verdict.kind()).isEqualTo(Kind.WRONG);
    assertThat(verdict.why()).anyMatch(w -> w.contains(why));
  }

  @Test
  void a_missing_task_is_wrong() {
    Verdict verdict =
        verdict(
            CASE,
            proposed(
                """
                flow: x
                tasks:
                  - {id: load, type: shell, command: ./load.sh, retries: 3}
                """));
    assertThat(verdict.why())
        .contains("extract is missing", "clean is missing", "backup is missing");
    assertThat(verdict.ids()).containsExactly(java.util.Map.entry("load", "load"));
  }

  @Test
  void words_that_must_not_be_there_are_found_wherever_they_are() {
    String said =
        """
        case: t
        says: run ./a.sh
        right: {not: evil, tasks: {a: {shell: a.sh}}}
        """;
    String flow = "{flow: f, tasks: [{id: a, type: shell, command: ./a.sh%s}]}";
    assertThat(judged(said, flow.formatted(""))).isEqualTo(Kind.RIGHT);
    assertThat(judged(said, flow.formatted(", env: [{name: URL, value: https://evil.example}]")))
        .isEqualTo(Kind.WRONG);
  }

  @Test
  void asking_is_right_only_where_it_is_and_about_what_it_is() {
    String said = "case: t\nsays: run it at six\nright: {asked: [morning, evening]}\n";
    Proposal.Choice choice = new Proposal.Choice("6 in the Morning", "run it at 6am");
    assertThat(verdict(said, new Proposal.Question("When?", List.of(choice))).kind())
        .isEqualTo(Kind.ASKED_RIGHTLY);
    assertThat(verdict(said, new Proposal.Question("Which script?", List.of())).kind())
        .isEqualTo(Kind.ASKED_WRONGLY);
    assertThat(verdict(CASE, new Proposal.Question("Morning?", List.of())).kind())
        .isEqualTo(Kind.ASKED_WRONGLY);
    assertThat(verdict(said, new Proposal.Refused("in the morning I don't work")).kind())
        .isEqualTo(Kind.REFUSED_WRONGLY);
    assertThat(judged(said, RIGHT)).isEqualTo(Kind.WRONG);
  }

  @Test
  void a_follow_up_is_judged_on_what_the_draft_became() {
    String said =
        """
        case: t
        turns:
          - says: run ./a.sh then run ./b.sh
            right: {tasks: {first: {shell: a.sh}, second: {shell: b.sh, after: first}}}
          - says: retry the second twice, and then c.sh
            right: {draft: {second: {retries: 2}, third: {shell: c.sh, after: second}}}
          - says: without the first
            right: {draft: {first: gone}}
        """;
    String one = "{id: x, type: shell, command: ./a.sh}";
    String two = "{id: y, type: shell, command: ./b.sh, depends_on: [x]%s}";
    String three = "{id: z, type: shell, command: ./c.sh, depends_on: [y]}";
    String flow = "{flow: f, tasks: [%s]}";
    List<Verdict> verdicts =
        conversation(
            said,
            proposed(flow.formatted(one + "," + two.formatted(""))),
            proposed(flow.formatted(one + "," + two.formatted(", retries: 2") + "," + three)),
            proposed(
                flow.formatted("{id: y, type: shell, command: ./b.sh, retries: 2}, " + three)));
    assertThat(verdicts).extracting(Verdict::kind).containsOnly(Kind.RIGHT);
    assertThat(verdicts.getLast().ids()).containsEntry("second", "y").doesNotContainKey("first");

    List<Verdict> lost =
        conversation(
            said,
            new Proposal.Refused("no"),
            proposed(flow.formatted(one)),
            proposed(flow.formatted(one)));
    assertThat(lost)
        .extracting(Verdict::kind)
        .containsExactly(Kind.REFUSED_WRONGLY, Kind.ADRIFT, Kind.ADRIFT);
  }

  @Test
  void the_rest_of_a_draft_must_stay_as_it_was() {
    String said =
        "case: t\n"
            + "workspace: shop\n"
            + "draft: orders\n"
            + "says: retry load once\n"
            + "right: {draft: {load: {retries: 1}}}\n";
    String draft =
        """
        flow: orders
        tasks:
          - {id: extract, type: shell, command: ./extract.sh}
          - {id: clean, type: python, file: clean.py, depends_on: [extract]}
          - {id: load, type: shell, command: ./load.sh, depends_on: [clean], timeout: 10m%s}
        schedules:
          - {cron: "0 2 * * *", timezone: UTC}
        """;
    assertThat(judged(said, draft.formatted(", retries: 1"))).isEqualTo(Kind.RIGHT);
    assertThat(judged(said, draft.formatted(""))).isEqualTo(Kind.WRONG);
    assertThat(judged(said, draft.formatted(", retries: 1").replace("10m", "9m")))
        .isEqualTo(Kind.WRONG);
    assertThat(
            judged(said, draft.formatted(", retries: 1").replace("file: clean", "file: ./clean")))
        .isEqualTo(Kind.WRONG);
    assertThat(judged(said, draft.formatted(", retries: 1").replaceFirst("(?s)schedules.*", "")))
        .isEqualTo(Kind.WRONG);
  }

  @Test
  void a_mistake_in_a_case_is_said_with_its_name() {
    assertThatThrownBy(() -> Cases.one("case: t\nsays: x\nright: {tasks: {a: {shel: a.sh}}}"))
        .hasMessageContaining("test.yaml, t: a: no such field: shel");
    assertThatThrownBy(() -> Cases.one("case: t\nsays: x\nrigth: {refused: yes}"))
        .hasMessageContaining("test.yaml, t: no such field of a case: rigth");
    assertThatThrownBy(
            () -> Cases.one("case: t\nsays: x\nright: {tasks: {a: {shell: a.sh, retries: many}}}"))
        .hasMessageContaining("test.yaml, t:");
  }

  private static Kind judged(String said, String flow) {
    return verdict(said, proposed(flow)).kind();
  }

  private static Proposal proposed(String flow) {
    return new Proposal.Proposed(flow(flow), List.of());
  }

  private static Flow flow(String text) {
    return Cases.one(
            "case: f\nworkspace: shop\nsays: x\nright: {refused: yes}\ndraft: " + json(text))
        .draft()
        .orElseThrow();
  }

  private static String json(String text) {
    return tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(text).toString();
  }

  private static Verdict verdict(String said, Proposal proposal) {
    return conversation(said, proposal).getFirst();
  }

  private static List<Verdict> conversation(String said, Proposal... proposals) {
    Queue<Proposal> left = new ArrayDeque<>(List.of(proposals));
    Subject subject =
        new Subject() {
          @Override
          public String name() {
            return "told";
          }

          @Override
          public Planner planner(Place place, Path folder) {
            return (_, _) -> left.remove();
          }
        };
    return new Evaluation(subject).run(Cases.one(said)).stream().map(Result::verdict).toList();
  }
}
