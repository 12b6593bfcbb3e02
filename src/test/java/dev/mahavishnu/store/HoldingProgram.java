package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A program for tests: {@code create|claim|slot FOLDER NAME}. Says what it got and, having got it,
 * keeps it until its input ends.
 */
final class HoldingProgram {
  private HoldingProgram() {}

  public static void main(String[] args) throws IOException {
    Store store = Store.open(Path.of(args[1]), Clock.systemUTC());
    switch (args[0]) {
      case "create" -> {
        RunJournal journal = store.create(Samples.created(new RunId(args[2])));
        journal.append(List.of(Samples.moved(new State.Running(false))), true);
        say("mine");
      }
      case "claim" -> {
        switch (store.claim(new RunId(args[2]))) {
          case Claim.Mine _ -> say("mine");
          case Claim.Held held -> say("held by " + held.pid());
          case Claim.Missing _ -> say("missing");
        }
      }
      case "slot" -> say(store.trySlot(args[2], 1).isPresent() ? "mine" : "taken");
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void say(String what) throws IOException {
    System.out.println(what);
    System.out.flush();
    if (what.equals("mine")) {
      while (System.in.read() >= 0) {
        // Keeps what it has.
      }
    }
  }
}
