package dev.mahavishnu.shell;

import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.llm.Explanation;
import dev.mahavishnu.llm.Repair;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.run.RunId;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/**
 * A model whose answer is told by the first word of the request. What waits goes on when the file
 * {@code go} is there.
 */
final class TestAssistant implements Assistant {
  static final Usage USED =
      new Usage(1, 812, 240, Optional.of(new BigDecimal("0.0021")), Duration.ofMillis(3100));

  private final Path folder;
  final List<Request> asked = new ArrayList<>();
  final List<String> wishes = new ArrayList<>();
  Repair repair = new Repair.Refused("nothing can be done");

  TestAssistant(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "test big";
  }

  @Override
  public Planner planner() {
    return this::plan;
  }

  private Proposal plan(Request request, Progress progress) {
    asked.add(request);
    String word = request.text().split("\\s")[0];
    return switch (word) {
      case "slow" -> {
        progress.outlines(List.of("fetch  shell", "clean  shell \u001b[2Jevil"));
        yield waits(progress) ? proposed("fetch", "clean") : new Proposal.Stopped();
      }
      case "deaf" -> {
        progress.outlines(List.of("never  shell"));
        Awaitility.await().forever().until(() -> Files.exists(folder.resolve("go")));
        yield proposed("never");
      }
      case "think" -> {
        progress.thinks("first I look at \u001b[31mthe files");
        yield waits(progress) ? proposed("thought") : new Proposal.Stopped();
      }
      case "colour" ->
          request.text().contains("\n")
              ? proposed(request.text().split("\n")[1])
              : new Proposal.Question(
                  "Which colour?\u001b[2J",
                  List.of(
                      new Proposal.Choice("red", "steps red"),
                      new Proposal.Choice("green", "steps green")));
      case "steps" -> {
        progress.notes("read steps.sh\u0007");
        progress.costs(USED);
        progress.says("{half a json");
        yield proposed(request.text().split(" ")[1]);
      }
      case "runs" ->
          new Proposal.Answered(
              "Two runs were slow.",
              Optional.of(
                  new Proposal.Table(
                      "slow runs",
                      List.of("RUN", "TIME"),
                      List.of(List.of("a\u001b[1m", "3 s"), List.of("b", "4 s")))));
      case "down" -> new Proposal.Unavailable("401: wrong key");
      case "broken" -> throw new IllegalStateException("broken");
      default -> new Proposal.Refused("that can't be done");
    };
  }

  private static Proposal proposed(String... steps) {
    return new Proposal.Proposed(TestPlace.flow(steps[0], steps), List.of());
  }

  /** Waits for the file, or for who stops it. */
  private boolean waits(Progress progress) {
    CountDownLatch stopped = new CountDownLatch(1);
    try (Progress.Hold _ = progress.onStop(stopped::countDown)) {
      Awaitility.await()
          .forever()
          .until(() -> Files.exists(folder.resolve("go")) || stopped.getCount() == 0);
    }
    return stopped.getCount() > 0;
  }

  @Override
  public Explanation explain(RunId run, String question, Progress progress) {
    wishes.add(question);
    progress.says("The file is not there.");
    progress.costs(USED);
    return new Explanation.Explained(
        "The file is not there.\u001b[2J", List.of("load, attempt 1: no such file"));
  }

  @Override
  public Repair repair(RunId run, String wish, Progress progress) {
    wishes.add(wish);
    progress.costs(USED);
    return repair;
  }

  @Override
  public Usage spent() {
    return USED;
  }
}
