package dev.mahavishnu.plan.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Schedule;
import dev.mahavishnu.spec.ShellScript;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no list of requests shows: where things are named, what is noted, and what must not happen.
 */
final class OfflinePlannerTest {

  private static Proposal plan(String text) {
    return Corpus.PLANNER.plan(Composed.request(text));
  }

  private static Flow proposed(String text) {
    assertThat(plan(text)).as(text).isInstanceOf(Proposal.Proposed.class);
    return ((Proposal.Proposed) plan(text)).flow();
  }

  private static String command(String text) {
    Task task = proposed(text).tasks().getFirst();
    return ((Work.Shell) task.work()).command().orElseThrow();
  }

  @Test
  void words_not_understood_come_with_their_place_a_form_and_an_example() {
    String text = "run ./a.sh, retry each step thre times";
    assertThat(plan(text))
        .isInstanceOfSatisfying(
            Proposal.NotUnderstood.class,
            not -> {
              Proposal.Unclear part = not.parts().getFirst();
              assertThat(text.substring(part.start(), part.end())).isEqualTo("thre");
              assertThat(part.form()).startsWith("retry NAME N times");
              assertThat(part.example()).isEqualTo(Form.RETRY.example());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'run ./a.sh, rety each step twice', rety, did you mean `retry`?",
    "'run ./a.sh thn run ./b.sh', thn, did you mean `then`?",
    "'run ./a.sh as load, retry laod twice', laod, there is no step laod; did you mean `load`?",
  })
  void a_word_spelt_wrong_is_named_with_the_right_one(String text, String word, String why) {
    assertThat(plan(text))
        .isInstanceOfSatisfying(
            Proposal.NotUnderstood.class,
            not -> {
              assertThat(not.parts()).extracting(Proposal.Unclear::words).containsExactly(word);
              assertThat(not.parts().getFirst().why()).isEqualTo(why);
            });
  }

  @Test
  void the_configured_zone_is_for_schedules_that_name_none() {
    OfflinePlanner berlin = new OfflinePlanner(Corpus.READER, ZoneId.of("Europe/Berlin"));
    String text = "every day at 06:00 run ./a.sh";
    assertThat(berlin.plan(Composed.request(text)))
        .isInstanceOfSatisfying(
            Proposal.Proposed.class,
            p ->
                assertThat(p.flow().schedules())
                    .containsExactly(new Schedule.Cron("0 6 * * *", "Europe/Berlin", true)));
    assertThat(berlin.plan(Composed.request(text.replace(":00", ":00 in UTC"))))
        .isInstanceOfSatisfying(
            Proposal.Proposed.class,
            p ->
                assertThat(p.flow().schedules())
                    .containsExactly(new Schedule.Cron("0 6 * * *", "UTC", true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'; touch C'", "$(touch C)", "`touch C`", "a\nb", "--", "~", "*", ""})
  void a_literal_value_is_one_quoted_word_of_the_command(String value) {
    String command = command("run ./x.sh with \"" + value + "\"");
    assertThat(command).isEqualTo("./x.sh " + Commands.quote(value));
    assertThat(ShellScript.of(command).script()).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run ./x.sh; touch C",
        "run ./x.sh && touch C",
        "run ./x.sh $(touch C)",
        "run ./x.sh --a=$(touch C)",
        "run ./x.sh `touch C`",
        "run ./x.sh > C",
        "run ./x.sh #C",
        "run ~root/x.sh"
      })
  void shell_text_outside_quotes_is_never_taken(String text) {
    assertThat(plan(text)).isInstanceOf(Proposal.NotUnderstood.class);
  }

  @Test
  void a_value_in_single_quotes_of_a_command_is_refused_by_the_validator() {
    assertThat(plan("for each x in 1 to 3 run \"echo '${{ item }}'\""))
        .isInstanceOf(Proposal.Refused.class);
  }

  @Test
  void what_is_said_of_a_step_before_it_is_made_is_not_lost() {
    Flow flow = proposed("retry load twice. Run ./load.sh. Time out load after 3 minutes.");
    assertThat(flow.tasks().getFirst().retry().retries()).isEqualTo(2);
    assertThat(flow.tasks().getFirst().timeout()).contains(Duration.ofMinutes(3));
    assertThat(Corpus.words(plan("remove load. Run ./load.sh."))).containsExactly("load");
  }

  @Test
  void the_end_and_the_start_are_those_of_the_flow_before_the_new_steps() {
    String chain = "run ./a.sh then run ./b.sh. ";
    Flow end = proposed(chain + "At the end run ./c.sh and ./d.sh in parallel.");
    assertThat(end.task("c").orElseThrow().dependsOn()).containsExactly("b");
    assertThat(end.task("d").orElseThrow().dependsOn()).containsExactly("b");
    Flow start = proposed(chain + "Add ./z.sh at the start. Add ./y.sh at the start.");
    assertThat(start.task("a").orElseThrow().dependsOn()).containsExactly("z");
    assertThat(start.task("z").orElseThrow().dependsOn()).containsExactly("y");
  }

  @Test
  void nothing_is_put_between_a_step_and_what_runs_when_it_fails() {
    String flow = "run ./load.sh. If load fails run ./undo.sh. ";
    assertThat(plan(flow + "Add ./x.sh before undo.")).isInstanceOf(Proposal.Refused.class);
    assertThat(plan(flow + "Remove load.")).isInstanceOf(Proposal.Refused.class);
    assertThat(plan(flow + "Run ./x.sh. ")).isInstanceOf(Proposal.Question.class);
  }

  @Test
  void a_delay_longer_than_the_usual_limit_is_its_own_limit() {
    Flow flow = proposed("run ./a.sh with 2 retries 3 hours apart");
    assertThat(flow.tasks().getFirst().retry().max()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void what_a_person_should_know_is_noted() {
    WorkspaceView workspace = WorkspaceView.of(Set.of("nightly"), "./a.sh"::equals);
    String text =
        "a flow called nightly that runs ./a.sh then runs python b.py then runs flow other,"
            + " on the 31st of each month at noon";
    assertThat(Corpus.PLANNER.plan(Request.of(text, workspace)))
        .isInstanceOfSatisfying(
            Proposal.Proposed.class,
            p ->
                assertThat(p.notes())
                    .containsExactly(
                        "there is no file b.py yet",
                        "there is no flow other in this workspace yet",
                        "months without a day 31 are left out",
                        "there is a flow nightly already: saving this one replaces it"));
  }

  @Test
  void a_request_never_changes_the_draft_it_was_given() {
    Flow draft = proposed("run ./a.sh then run ./b.sh");
    Flow before = draft.withTasks(List.copyOf(draft.tasks()));
    Request request =
        new Request("remove a and retry b twice", Optional.of(draft), WorkspaceView.EMPTY);
    assertThat(Corpus.PLANNER.plan(request)).isInstanceOf(Proposal.Proposed.class);
    assertThat(draft).isEqualTo(before);
  }

  @Test
  void every_answer_that_is_offered_can_be_given() {
    for (String text :
        List.of(
            "run ./a.sh and ./b.sh",
            "for each x in eu, us run ./a.sh with x and ./b.sh with x",
            "every day run ./a.sh then ./b.sh, retry 3 times",
            "every day at 9 run ./a.sh. Run ./b.sh.")) {
      assertThat(plan(text)).as(text).isInstanceOf(Proposal.Question.class);
      for (Proposal.Choice choice : ((Proposal.Question) plan(text)).choices()) {
        assertThat(plan(choice.request()))
            .as(choice.request())
            .isInstanceOfAny(Proposal.Proposed.class, Proposal.Question.class);
      }
    }
  }
}
