package dev.mahavishnu.shell;

import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.llm.Explanation;
import dev.mahavishnu.llm.Repair;
import dev.mahavishnu.run.Evidence;
import dev.mahavishnu.run.EvidenceReader;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.EvidenceView;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a run failed, and what would let it go on. */
final class Failures {
  /** How many runs are looked at for one that failed. */
  private static final int MOST_RUNS = 200;

  /** Cells of a line for who reads no screen. */
  private static final int WIDE = 500;

  private final Workplace place;
  private final Noted stage;
  private final Attention attention;
  private final Repairs repairs;

  Failures(Workplace place, Noted stage, Attention attention, Repairs repairs) {
    this.place = place;
    this.stage = stage;
    this.attention = attention;
    this.repairs = repairs;
  }

  /**
   * Whether words after {@code fix} are about the run that this session began last, and not a
   * change of the draft.
   */
  boolean isOpen() {
    return place
        .lastRun()
        .flatMap(run -> place.history().flatMap(h -> h.summary(run)))
        .filter(Failures::isFailed)
        .isPresent();
  }

  private static boolean isFailed(RunSummary run) {
    return run.state().type() == StateType.FAILED || run.state().type() == StateType.CRASHED;
  }

  /**
   * Explains a run: what it rests on, and in words where there is a model.
   *
   * @param name of the run; absent: the one that this session began last, or failed last here
   * @param question what the person asked, may be empty
   */
  int why(Optional<String> name, String question) {
    return switch (meant(name)) {
      case Meant.None none -> complain(Exit.USAGE, none.why());
      case Meant.Run run -> why(run, question);
    };
  }

  private int why(Meant.Run run, String question) {
    evidence(run, new EvidenceView(place.palette(), stage.width(), zone())).forEach(stage::say);
    stage.note().brief("showed why run " + run.id() + " of " + run.summary().flow() + " is so");
    Optional<Assistant> assistant = place.assistant();
    if (assistant.isEmpty()) {
      return Exit.COMPLETED;
    }
    Assistant model = assistant.get();
    Explanation explanation =
        attention
            .give(model.name(), progress -> model.explain(run.id(), question, progress))
            .orElseGet(Explanation.Stopped::new);
    return switch (explanation) {
      case Explanation.Explained explained -> {
        show(explained);
        yield Exit.COMPLETED;
      }
      case Explanation.Unavailable unavailable -> complain(Exit.UNREACHABLE, unavailable.reason());
      case Explanation.Stopped _ -> complain(Exit.INTERRUPTED, "stopped");
    };
  }

  private List<String> evidence(Meant.Run run, EvidenceView view) {
    Optional<Evidence> evidence =
        new EvidenceReader(run.history(), place.redactor()::redact).read(run.id());
    return evidence.map(e -> view.lines(e, place.clock().instant())).orElse(List.of());
  }

  /** The facts of a run as a text, for a planner. */
  Optional<Mentions.RunText> told(String name) {
    return Optional.of(
        switch (Meant.named(place.history(), name)) {
          case Meant.None none -> new Mentions.RunText.None(none.why());
          case Meant.Run run ->
              new Mentions.RunText.Facts(
                  String.join("\n", evidence(run, new EvidenceView(Palette.ASCII, WIDE, zone()))));
        });
  }

  private ZoneId zone() {
    return place.clock().getZone();
  }

  private void show(Explanation.Explained explained) {
    stage.say("");
    List<String> lines = new ArrayList<>();
    explained.text().lines().forEach(l -> Tail.wrap(Cells.clean(l), stage.width(), lines));
    lines.forEach(stage::say);
    explained
        .evidence()
        .forEach(
            line ->
                stage.say(
                    place
                        .palette()
                        .paint(Tone.QUIET, Cells.fit("  " + Cells.clean(line), stage.width()))));
  }

  /**
   * Proposes a repair, and goes on with the run when the person agrees.
   *
   * @param wish what the person said about it, may be empty
   */
  int fix(Optional<String> name, String wish) {
    Optional<Assistant> assistant = place.assistant();
    if (assistant.isEmpty()) {
      return complain(
          Exit.UNREACHABLE, "`fix` needs a model, `why` needs none; " + place.models().why());
    }
    return switch (meant(name)) {
      case Meant.None none -> complain(Exit.USAGE, none.why());
      case Meant.Run run when run.summary().state().type() == StateType.COMPLETED ->
          complain(Exit.USAGE, "run " + run.id() + " completed: there is nothing to fix");
      case Meant.Run run -> fix(run, wish, assistant.get());
    };
  }

  private int fix(Meant.Run run, String wish, Assistant model) {
    Repair repair =
        attention
            .give(model.name(), progress -> model.repair(run.id(), wish, progress))
            .orElseGet(Repair.Stopped::new);
    // Before the run, which takes the screen.
    stage.usage(place::palette);
    return switch (repair) {
      case Repair.Respec respec -> repairs.flow(run.history(), run.id(), respec);
      case Repair.Patch patch -> repairs.file(run.id(), patch);
      case Repair.Refused refused -> complain(Exit.INVALID, refused.reason());
      case Repair.Unavailable unavailable -> complain(Exit.UNREACHABLE, unavailable.reason());
      case Repair.Stopped _ -> complain(Exit.INTERRUPTED, "stopped; nothing changes");
    };
  }

  private Meant meant(Optional<String> name) {
    Optional<RunHistory> history = place.history();
    if (history.isEmpty()) {
      return new Meant.None("nothing has run in this workspace yet");
    }
    return name.map(text -> Meant.named(history, text)).orElseGet(() -> last(history.get()));
  }

  private Meant last(RunHistory history) {
    Optional<RunSummary> ours = place.lastRun().flatMap(history::summary);
    try (Stream<RunSummary> runs = history.list()) {
      return ours.or(() -> runs.limit(MOST_RUNS).filter(Failures::isFailed).findFirst())
          .<Meant>map(summary -> new Meant.Run(history, summary))
          .orElseGet(() -> new Meant.None("no run failed here lately; say which: `why RUN`"));
    }
  }

  private int complain(int code, String line) {
    stage.complain(List.of(Cells.clean(line)));
    return code;
  }
}
