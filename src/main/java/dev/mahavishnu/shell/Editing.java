package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The draft in an editor. Text that is no valid flow is kept, and the next edit goes on with it.
 */
final class Editing {
  private static final Set<String> AT_LINE = Set.of("vi", "vim", "nvim", "nano", "emacs", "micro");

  private final Workplace place;
  private final Stage stage;
  private final Supplier<Path> scratch;
  private final Editor editor;

  Editing(Workplace place, Stage stage, Supplier<Path> scratch) {
    this.place = place;
    this.stage = stage;
    this.scratch = scratch;
    this.editor = Editor.of(place.variables());
  }

  /** What came of it. */
  sealed interface Outcome {
    record Changed(Flow flow, String text) implements Outcome {}

    record Same() implements Outcome {}

    record Failed(List<String> lines) implements Outcome {}
  }

  /**
   * A flow in an editor.
   *
   * @param name of the file, under which text is kept that is no valid flow
   * @param folder what the flow's files are relative to
   * @param task where the editor begins
   */
  Outcome edit(String name, Flow flow, Path folder, Optional<String> task) {
    if (!stage.agrees("`edit` opens an editor")) {
      return new Outcome.Failed(List.of("`edit` needs a terminal"));
    }
    Path file = scratch.get().resolve(name);
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, FlowWriter.yaml(flow));
      }
      return edit(file, flow, folder, task);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome edit(Path file, Flow flow, Path folder, Optional<String> task)
      throws IOException {
    while (true) {
      int code = stage.outside(command(file, task));
      if (code != 0) {
        Files.delete(file);
        return new Outcome.Failed(
            List.of(
                "the editor `" + editor.program() + "` ended with " + code + "; nothing changes"));
      }
      String text = Files.readString(file);
      switch (place.read("<edited>", text, folder)) {
        case ReadResult.Valid valid -> {
          Files.delete(file);
          return valid.source().flow().equals(flow)
              ? new Outcome.Same()
              : new Outcome.Changed(valid.source().flow(), text);
        }
        case ReadResult.Invalid invalid -> {
          List<String> lines = new ArrayList<>(DraftVerbs.problems(place, stage, invalid, text));
          lines.forEach(stage::say);
          if (!stage.confirms("edit again?")) {
            return new Outcome.Failed(
                List.of("nothing changes; your text is kept, and `edit` goes on with it"));
          }
        }
      }
    }
  }

  /** Editors that know vi's way to name a line get the line of the task. */
  private List<String> command(Path file, Optional<String> task) throws IOException {
    String program = editor.program().strip().split("\\s+")[0].replaceAll(".*/", "");
    int line = 1;
    if (task.isPresent()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        line = lines.get(i).matches("\\s*-? *id: *" + task.get()) ? i + 1 : line;
      }
    }
    String at = line > 1 && AT_LINE.contains(program) ? " +" + line : "";
    return new Editor(editor.program() + at).command(file);
  }
}
