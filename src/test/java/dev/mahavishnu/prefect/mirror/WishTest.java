package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

final class WishTest {
  private static final State RUNNING = new State.Running(false);
  private static final State ASKING = new State.Paused(State.Paused.Why.PAUSED, "");

  private static ServerState theirs(String type, String name) {
    return new ServerState(
        Optional.empty(),
        type,
        name,
        Optional.empty(),
        "",
        MissingNode.getInstance(),
        Optional.empty());
  }

  private static Optional<Command> wish(String type, String name, State ours, String... asking) {
    return Wish.of(theirs(type, name), ours, false, List.of(asking));
  }

  @Test
  void what_is_set_there_is_what_is_wanted_here() {
    assertThat(wish("CANCELLING", "Cancelling", RUNNING)).contains(new Command.Cancel("prefect"));
    assertThat(wish("CANCELLED", "Cancelled", RUNNING)).contains(new Command.Cancel("prefect"));
    assertThat(wish("PAUSED", "Paused", RUNNING)).contains(new Command.Pause("prefect"));
    assertThat(wish("PAUSED", "Suspended", RUNNING)).contains(new Command.Suspend("prefect"));
    assertThat(wish("RUNNING", "Running", ASKING)).contains(new Command.Resume("prefect"));
  }

  @Test
  void a_run_that_is_about_to_pause_need_not() {
    ServerState resumed = theirs("RUNNING", "Running");
    assertThat(Wish.of(resumed, RUNNING, true, List.of())).contains(new Command.Resume("prefect"));
  }

  @Test
  void a_resume_answers_the_first_question_alone() {
    assertThat(wish("RUNNING", "Running", ASKING, "ask", "and_this"))
        .contains(new Command.Approve("prefect", Optional.of("ask"), "resumed in Prefect"));
  }

  @Test
  void nothing_is_wanted_of_a_run_that_is_so_already_or_over() {
    assertThat(wish("RUNNING", "Running", RUNNING)).isEmpty();
    assertThat(wish("PAUSED", "Paused", ASKING)).isEmpty();
    assertThat(wish("CANCELLING", "Cancelling", State.Completed.DONE)).isEmpty();
    assertThat(wish("CANCELLING", "Cancelling", new State.Cancelling(""))).isEmpty();
  }

  @Test
  void that_a_run_is_over_or_waits_for_its_turn_is_not_theirs_to_say() {
    for (String type : List.of("COMPLETED", "FAILED", "CRASHED", "SCHEDULED", "PENDING", "NEW")) {
      assertThat(wish(type, type, RUNNING)).as(type).isEmpty();
    }
  }

  @Test
  void a_run_that_crashed_can_be_cancelled() {
    assertThat(wish("CANCELLING", "Cancelling", new State.Crashed("")))
        .contains(new Command.Cancel("prefect"));
  }
}
