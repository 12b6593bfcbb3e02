package dev.mahavishnu.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What was done to a run as a whole, in words. */
final class Deeds {
  private static final int MOST = 60;
  private static final int NAMES = 5;

  private final EvidenceText text;
  private final List<Chronicle.Deed> all = new ArrayList<>();
  private int more;

  Deeds(EvidenceText text) {
    this.text = text;
  }

  void add(Recorded recorded) {
    switch (recorded.event()) {
      case RunEvent.Created e -> add(recorded.at(), "created by " + e.requester());
      case RunEvent.Opened e ->
          add(recorded.at(), "executed by process " + e.pid() + " on " + e.host());
      case RunEvent.Moved e -> add(recorded.at(), state(e.state()));
      case RunEvent.Commanded e -> add(recorded.at(), command(e.command()));
      case RunEvent.Reset e -> add(recorded.at(), "put back to run again: " + names(e.tasks()));
      case RunEvent.Halted e -> add(recorded.at(), "stops " + e.stop().text() + ": " + e.why());
      case RunEvent.Amended e ->
          add(
              recorded.at(),
              e.who() + ": " + e.what() + (e.why().isEmpty() ? "" : ", because " + e.why()));
      default -> {}
    }
  }

  private void add(Instant at, String what) {
    if (all.size() < MOST) {
      all.add(new Chronicle.Deed(at, text.line(what)));
    } else {
      more++;
    }
  }

  private static String state(State state) {
    return state.message().isEmpty() ? state.name() : state.name() + ": " + state.message();
  }

  private static String command(Command command) {
    return command.who()
        + switch (command) {
          case Command.Cancel _ -> " cancelled it";
          case Command.Pause _ -> " paused it";
          case Command.Resume _ -> " resumed it";
          case Command.Suspend _ -> " suspended it";
          case Command.Step _ -> " steps on";
          case Command.Break _ -> " changed the breakpoints";
          case Command.Approve c -> " approved" + answer(c.task().orElse(""), c.note());
          case Command.Deny c -> " denied" + answer(c.task().orElse(""), c.note());
        };
  }

  private static String answer(String task, String note) {
    return (task.isEmpty() ? "" : " " + task) + (note.isEmpty() ? "" : ": " + note);
  }

  private static String names(List<TaskKey> tasks) {
    String some = tasks.stream().limit(NAMES).map(TaskKey::text).collect(Collectors.joining(", "));
    return tasks.size() > NAMES ? some + " and " + (tasks.size() - NAMES) + " more" : some;
  }

  List<Chronicle.Deed> all() {
    return all;
  }

  /** How many are left out. */
  int more() {
    return more;
  }
}
