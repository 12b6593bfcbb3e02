package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.Parameters;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.ProblemView;
import dev.mahavishnu.view.graph.Graph;
import dev.mahavishnu.view.graph.GraphText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What can be done with the draft. */
final class DraftVerbs {
  private final Workplace place;
  private final Stage stage;
  private final Drafts drafts;
  private final Editing editing;
  private volatile boolean over;
  private volatile boolean detached;

  /**
   * @param editing opens the draft in an editor
   */
  DraftVerbs(Workplace place, Stage stage, Drafts drafts, Editing editing) {
    this.place = place;
    this.stage = stage;
    this.drafts = drafts;
    this.editing = editing;
  }

  boolean isOver() {
    return over;
  }

  boolean hasDetached() {
    return detached;
  }

  int take(Saying.Draft said) {
    return switch (said.verb()) {
      case HELP -> said.rest().isEmpty() ? help() : helpOn(said.rest());
      case EXIT, QUIT -> {
        over = true;
        yield Exit.COMPLETED;
      }
      case UNDO -> undo();
      case REDO -> redo();
      case RUN, SAVE, SHOW, DIFF, EDIT, DISCARD ->
          drafts.now().map(draft -> with(draft, said)).orElseGet(this::noDraft);
      case WHY, FIX, MODEL, COST, TRANSCRIPT, JOBS, FG, BG, WATCH, WAIT ->
          throw new IllegalArgumentException("not about the draft");
    };
  }

  private int noDraft() {
    if (!drafts.last().isNone()) {
      return complain(
          Exit.INVALID,
          "the draft that was kept can't be read any more; `undo` goes back to the one before");
    }
    return complain(
        Exit.USAGE, "there is no draft: say what should happen, or bring in a file with @FILE");
  }

  private int with(Draft draft, Saying.Draft said) {
    return switch (said.verb()) {
      case RUN -> run(draft, said);
      case SAVE -> save(said.rest().isEmpty() ? draft : named(draft, said.rest().getFirst()));
      case SHOW -> show(draft);
      case DIFF -> diff(draft);
      case EDIT -> edit(draft);
      case DISCARD -> {
        drafts.discard();
        stage.say("the draft " + draft.flow().name() + " is put away; `undo` brings it back");
        yield Exit.COMPLETED;
      }
      case HELP,
          EXIT,
          QUIT,
          UNDO,
          REDO,
          WHY,
          FIX,
          MODEL,
          COST,
          TRANSCRIPT,
          JOBS,
          FG,
          BG,
          WATCH,
          WAIT ->
          throw new IllegalArgumentException("needs no draft");
    };
  }

  private int run(Draft draft, Saying.Draft said) {
    if (!stage.agrees("`run` runs the draft")) {
      return Exit.APPROVAL;
    }
    ObjectNode parameters;
    switch (Parameters.bindText(draft.flow(), parameters(said.rest()))) {
      case Parameters.Bound bound -> parameters = bound.values();
      case Parameters.Unbound unbound -> {
        List<String> lines = new ArrayList<>(unbound.problems());
        lines.add("give a parameter with: run --param NAME=VALUE");
        stage.complain(lines);
        return Exit.USAGE;
      }
    }
    detached |= said.background();
    return said.background()
        ? place.detach(draft.source(), parameters)
        : place.run(draft.source(), parameters);
  }

  private static Map<String, String> parameters(List<String> words) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String word : words) {
      String pair = word.startsWith("--param=") ? word.substring("--param=".length()) : word;
      int equals = pair.indexOf('=');
      if (equals > 0) {
        given.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return given;
  }

  private static Draft named(Draft draft, String name) {
    Flow f = draft.flow();
    return draft.with(
        new Flow(
            name,
            f.description(),
            f.parameters(),
            f.secrets(),
            f.tasks(),
            f.onFailure(),
            f.outputs(),
            f.schedules(),
            f.triggers(),
            f.timeout(),
            f.concurrency()));
  }

  private int save(Draft draft) {
    Saving saving = new Saving(place.flows());
    Path file = saving.file(draft);
    Optional<String> text = saving.text(file);
    if (text.isPresent() && Saving.isOthers(draft, file, text.get()) && !overwrites(draft, file)) {
      return Exit.APPROVAL;
    }
    Draft saved = saving.write(draft, file);
    if (drafts.now().filter(now -> now.flow().equals(saved.flow())).isPresent()) {
      drafts.replace(saved);
    } else {
      drafts.change(saved);
    }
    stage.say("saved as " + shown(file));
    return Exit.COMPLETED;
  }

  /**
   * A file that somebody else wrote is overwritten only when a person who sees what is lost agrees.
   */
  private boolean overwrites(Draft draft, Path file) {
    Optional<Flow> there = read(file);
    Flow flow = new Saving(place.flows()).asWritten(draft, file);
    if (there.filter(flow::equals).isPresent()) {
      return true;
    }
    boolean came = draft.saved().filter(s -> s.file().equals(file)).isPresent();
    stage.say(
        shown(file)
            + (came
                ? " was changed since; saving would do this to it:"
                : " is there already; saving would do this to it:"));
    changes().between(there, flow).forEach(stage::say);
    if (stage.confirms("overwrite " + shown(file) + "?")) {
      return true;
    }
    stage.complain(
        List.of(shown(file) + " is left as it is; `save NAME` saves under another name"));
    return false;
  }

  /**
   * What the draft would change in the saved flow of its name; the whole draft if there is none.
   */
  List<String> sinceSaved(Draft draft) {
    Saving saving = new Saving(place.flows());
    Path file = saving.file(draft);
    Optional<Flow> saved = read(file);
    return changes().between(saved, saved.isEmpty() ? draft.flow() : saving.asWritten(draft, file));
  }

  private Optional<Flow> read(Path file) {
    Optional<String> text = new Saving(place.flows()).text(file);
    return text.flatMap(
        t ->
            switch (place.read(
                file.toString(), t, Optional.ofNullable(file.getParent()).orElse(place.root()))) {
              case ReadResult.Valid v -> Optional.of(v.source().flow());
              case ReadResult.Invalid _ -> Optional.empty();
            });
  }

  boolean hasDraft() {
    return drafts.now().isPresent();
  }

  /** What the command of this name draws by itself, where there is a draft. */
  int graph() {
    Flow flow = drafts.now().orElseThrow().flow();
    Graph graph = Graph.of(flow, FlowGraph.of(flow, place.expressions()));
    GraphText.Result drawn =
        new GraphText(place.palette(), stage.width(), Instant.EPOCH).drawn(graph);
    drawn.lines().forEach(stage::say);
    if (!drawn.note().isEmpty()) {
      stage.aside(drawn.note());
    }
    return Exit.COMPLETED;
  }

  private int show(Draft draft) {
    changes().flow(draft.flow()).forEach(stage::say);
    return Exit.COMPLETED;
  }

  private int diff(Draft draft) {
    Saving saving = new Saving(place.flows());
    Path file = saving.file(draft);
    Optional<Flow> saved = read(file);
    if (saved.isEmpty()) {
      stage.say(shown(file) + " is not there yet; the whole draft is new");
    }
    List<String> lines = changes().between(saved, saving.asWritten(draft, file));
    if (lines.isEmpty()) {
      stage.say("the draft is what " + shown(file) + " says");
    }
    lines.forEach(stage::say);
    return Exit.COMPLETED;
  }

  private int edit(Draft draft) {
    return switch (editing.edit("edit.yaml", draft.flow(), draft.folder(), Optional.empty())) {
      case Editing.Outcome.Changed changed -> {
        changes().between(Optional.of(draft.flow()), changed.flow()).forEach(stage::say);
        drafts.change(draft.with(changed.flow()));
        yield Exit.COMPLETED;
      }
      case Editing.Outcome.Same _ -> {
        stage.say("nothing changes");
        yield Exit.COMPLETED;
      }
      case Editing.Outcome.Failed failed -> {
        stage.complain(failed.lines());
        yield Exit.INVALID;
      }
    };
  }

  private int undo() {
    Optional<Flow> before = drafts.now().map(Draft::flow);
    return drafts.undo() ? moved(before) : complain(Exit.USAGE, "there is nothing to undo");
  }

  private int redo() {
    Optional<Flow> before = drafts.now().map(Draft::flow);
    return drafts.redo()
        ? moved(before)
        : complain(Exit.USAGE, "there is nothing to redo: `undo` was not the last change");
  }

  private int moved(Optional<Flow> before) {
    Optional<Draft> now = drafts.now();
    if (now.isEmpty()) {
      stage.say("there is no draft now");
    } else {
      changes().between(before, now.get().flow()).forEach(stage::say);
    }
    return Exit.COMPLETED;
  }

  private int help() {
    Commands commands = place.commands();
    HelpText.overview(place.palette(), commands.next(List.of()), commands.debugged().isPresent())
        .forEach(stage::say);
    return Exit.COMPLETED;
  }

  /** About a verb, a command, or both: `run` is one. */
  private int helpOn(List<String> words) {
    String first = words.getFirst();
    List<String> verb = words.size() == 1 ? HelpText.about(place.palette(), first) : List.of();
    verb.forEach(stage::say);
    if (!verb.isEmpty() && !place.commands().next(List.of()).contains(first)) {
      return Exit.COMPLETED;
    }
    List<String> order = new ArrayList<>(words);
    order.add("--help");
    return place.commands().run(order);
  }

  private Changes changes() {
    return new Changes(place.palette(), stage.width(), place.expressions());
  }

  private String shown(Path file) {
    Path path = file.startsWith(place.root()) ? place.root().relativize(file) : file;
    return Cells.clean(path.toString());
  }

  private int complain(int code, String line) {
    stage.complain(List.of(line));
    return code;
  }

  /** Problems of a text, as lines. */
  static List<String> problems(
      Workplace place, Stage stage, ReadResult.Invalid invalid, String text) {
    return new ProblemView(place.palette()).lines(invalid.problems(), text, stage.width());
  }
}
