package dev.mahavishnu.shell;

import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The draft in an editor. Text that is no valid flow is kept, and the next edit goes on with it.
 */
final class Editing {
  private final Workplace place;
  private final Stage stage;
  private final Supplier<Path> scratch;

  Editing(Workplace place, Stage stage, Supplier<Path> scratch) {
    this.place = place;
    this.stage = stage;
    this.scratch = scratch;
  }

  /** What came of it. */
  sealed interface Outcome {
    record Changed(Draft draft) implements Outcome {}

    record Same() implements Outcome {}

    record Failed(List<String> lines) implements Outcome {}
  }

  Outcome edit(Draft draft) {
    if (!stage.agrees("`edit` opens an editor")) {
      return new Outcome.Failed(List.of("`edit` needs a terminal"));
    }
    Path file = scratch.get().resolve("edit.yaml");
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, FlowWriter.yaml(draft.flow()));
      }
      return edit(draft, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome edit(Draft draft, Path file) throws IOException {
    while (true) {
      int code =
          stage.outside(List.of("/bin/sh", "-c", editor() + " \"$1\"", "sh", file.toString()));
      if (code != 0) {
        Files.delete(file);
        return new Outcome.Failed(
            List.of(
                "the editor `" + editor() + "` ended with " + code + "; the draft is as it was"));
      }
      String text = Files.readString(file);
      switch (place.read("<draft>", text, draft.folder())) {
        case ReadResult.Valid valid -> {
          Files.delete(file);
          return valid.source().flow().equals(draft.flow())
              ? new Outcome.Same()
              : new Outcome.Changed(draft.with(valid.source().flow()));
        }
        case ReadResult.Invalid invalid -> {
          List<String> lines = new ArrayList<>(DraftVerbs.problems(place, stage, invalid, text));
          lines.forEach(stage::say);
          if (!stage.confirms("edit again?")) {
            return new Outcome.Failed(
                List.of("the draft is as it was; your text is kept, and `edit` goes on with it"));
          }
        }
      }
    }
  }

  private String editor() {
    return Optional.ofNullable(place.variables().get("VISUAL"))
        .or(() -> Optional.ofNullable(place.variables().get("EDITOR")))
        .filter(text -> !text.isBlank())
        .orElse("vi");
  }
}
