package dev.mahavishnu.shell;

import dev.mahavishnu.llm.Repair;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.PatchView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shows what would let a run go on, and does it when the person agrees. */
final class Repairs {
  private static final String QUESTION = "apply and resume?";
  private static final String WHAT = "`fix` changes something and goes on with the run";

  private final Workplace place;
  private final Stage stage;
  private final Drafts drafts;

  Repairs(Workplace place, Stage stage, Drafts drafts) {
    this.place = place;
    this.stage = stage;
    this.drafts = drafts;
  }

  /** Another flow: a new run goes on with it, which takes over what did not change. */
  int flow(RunHistory history, RunId run, Repair.Respec respec) {
    Optional<RunFold> fold = history.fold(run);
    if (fold.isEmpty()) {
      return complain(Exit.USAGE, "run " + run + " is gone");
    }
    Path folder = Path.of(fold.get().root().folder());
    Optional<Flow> before =
        place.read("<run>", fold.get().root().spec(), folder) instanceof ReadResult.Valid valid
            ? Optional.of(valid.source().flow())
            : Optional.empty();
    stage.say(Cells.clean(respec.why()));
    List<String> lines =
        new Changes(place.palette(), stage.width(), place.expressions())
            .between(before, respec.flow());
    if (lines.isEmpty()) {
      return complain(Exit.INVALID, "the repair changes nothing");
    }
    lines.forEach(stage::say);
    Draft draft = draft(new Draft(respec.flow(), folder, Optional.empty()), before);
    Optional<FlowSource> changed = Optional.of(draft.source());
    place.resumePlan(run, changed).forEach(line -> stage.say(Cells.clean(line)));
    if (!stage.consents(QUESTION, WHAT)) {
      return refused();
    }
    drafts.change(draft);
    String saving =
        draft
            .saved()
            .map(saved -> "; `save` writes it to " + shown(saved.file()))
            .orElse("; `save` keeps it");
    stage.say("the draft is the repaired " + Cells.clean(respec.flow().name()) + saving);
    return place.resume(run, changed);
  }

  /**
   * The draft with the file that holds the flow as it was, where there is one: saving then changes
   * that file.
   */
  private Draft draft(Draft repaired, Optional<Flow> before) {
    Optional<Draft> now = drafts.now();
    if (now.filter(d -> before.filter(d.flow()::equals).isPresent()).isPresent()
        && now.get().folder().equals(repaired.folder())) {
      return now.get().with(repaired.flow());
    }
    return before
        .flatMap(flow -> file(new Draft(flow, repaired.folder(), Optional.empty())))
        .map(saved -> new Draft(repaired.flow(), repaired.folder(), Optional.of(saved)))
        .orElse(repaired);
  }

  private Optional<Draft.Saved> file(Draft before) {
    Saving saving = new Saving(place.flows());
    for (String end : List.of(".yaml", ".yml", ".json")) {
      Path file = place.flows().resolve(before.flow().name() + end);
      Optional<String> text = saving.text(file);
      if (text.isPresent()
          && place.read(file.toString(), text.get(), place.flows())
              instanceof ReadResult.Valid valid
          && valid.source().flow().equals(saving.asWritten(before, file))) {
        return Optional.of(new Draft.Saved(file, Saving.hash(text.get())));
      }
    }
    return Optional.empty();
  }

  /** Another text for a file that the run's tasks use. */
  int file(RunId run, Repair.Patch patch) {
    FileChange change = new FileChange(patch.file(), patch.before(), patch.after());
    if (!change.isIn(place.root())) {
      return complain(Exit.INVALID, shown(patch.file()) + " is no file of this workspace");
    }
    stage.say(Cells.clean(patch.why()));
    PatchView.lines(
            shown(patch.file()), patch.before(), patch.after(), place.palette(), stage.width())
        .forEach(stage::say);
    place.resumePlan(run, Optional.empty()).forEach(line -> stage.say(Cells.clean(line)));
    if (!stage.consents(QUESTION, WHAT)) {
      return refused();
    }
    if (!change.write()) {
      return complain(
          Exit.INVALID,
          shown(patch.file()) + " was changed meanwhile; nothing was written, and nothing ran");
    }
    stage.say("changed " + shown(patch.file()));
    return place.resume(run, Optional.empty());
  }

  private int refused() {
    stage.say("nothing was changed, and nothing ran");
    return Exit.APPROVAL;
  }

  private String shown(Path file) {
    Path root = place.root();
    try {
      Path real = Files.exists(file) ? file.toRealPath() : file;
      Path base = Files.exists(root) ? root.toRealPath() : root;
      return Cells.clean((real.startsWith(base) ? base.relativize(real) : file).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int complain(int code, String line) {
    stage.complain(List.of(Cells.clean(line)));
    return code;
  }
}
