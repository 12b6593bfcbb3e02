package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.ProblemView;
import dev.mahavishnu.view.Tone;
import java.util.List;
import java.util.Optional;

/** Makes a flow the draft, and shows what that changes. */
final class Acceptance {
  private final Workplace place;
  private final Stage stage;
  private final Drafts drafts;
  private final DraftVerbs verbs;

  Acceptance(Workplace place, Stage stage, Drafts drafts, DraftVerbs verbs) {
    this.place = place;
    this.stage = stage;
    this.drafts = drafts;
    this.verbs = verbs;
  }

  /** The flow as the next version of the draft. */
  int accept(Flow flow, List<String> notes) {
    return accept(
        drafts
            .now()
            .map(d -> d.with(flow))
            .orElseGet(() -> new Draft(flow, place.root(), Optional.empty())),
        notes);
  }

  int accept(Draft draft, List<String> notes) {
    Optional<Flow> before = drafts.now().map(Draft::flow);
    List<String> lines =
        before.isPresent()
            ? new Changes(place.palette(), stage.width(), place.expressions())
                .between(before, draft.flow())
            : verbs.sinceSaved(draft);
    if (lines.isEmpty()) {
      stage.say("nothing changes");
    }
    lines.forEach(stage::say);
    notes.forEach(
        note -> stage.say(place.palette().paint(Tone.WARN, "note: ") + Cells.clean(note)));
    if (!drafts.now().equals(Optional.of(draft))) {
      drafts.change(draft);
    }
    return Exit.COMPLETED;
  }

  /** A text that is no valid flow. */
  int problems(ReadResult.Invalid invalid, String text) {
    stage.complain(new ProblemView(place.palette()).lines(invalid.problems(), text, stage.width()));
    return Exit.INVALID;
  }
}
