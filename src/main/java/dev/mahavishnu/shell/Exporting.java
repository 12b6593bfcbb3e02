package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a session where somebody asked for it: {@code transcript export [SESSION] FILE}. */
final class Exporting {
  private static final String USAGE =
      "say where: `transcript export FILE.md` for people, `transcript export FILE.mv` for a script;"
          + " with --markdown or --script any FILE, and - prints it";

  private final Workplace place;
  private final Stage stage;
  private final Memory memory;

  Exporting(Workplace place, Stage stage, Memory memory) {
    this.place = place;
    this.stage = stage;
    this.memory = memory;
  }

  /** What it is written as. */
  private enum Form {
    MARKDOWN("--markdown", ".md"),
    SCRIPT("--script", ".mv");

    private final String option;
    private final String end;

    Form(String option, String end) {
      this.option = option;
      this.end = end;
    }

    static Optional<Form> of(List<String> options, String file) {
      return java.util.Arrays.stream(values())
          .filter(f -> options.isEmpty() ? file.endsWith(f.end) : options.contains(f.option))
          .findFirst();
    }
  }

  /** Whether words after {@code transcript export} are meant for this, and are no sentence. */
  static boolean takes(List<String> words) {
    List<String> rest = new ArrayList<>(words);
    boolean said = rest.removeIf(Exporting::isOption);
    if (rest.size() == 2 && ModelVerbs.isSession(rest.getFirst())) {
      rest.removeFirst();
    }
    return rest.isEmpty() || (rest.size() == 1 && (said || rest.getFirst().matches("-|.*\\.\\w+")));
  }

  private static boolean isOption(String word) {
    return word.equals(Form.MARKDOWN.option) || word.equals(Form.SCRIPT.option);
  }

  int export(List<String> words) {
    List<String> options = words.stream().filter(Exporting::isOption).toList();
    List<String> rest = words.stream().filter(w -> !isOption(w)).toList();
    if (rest.isEmpty() || options.size() > 1) {
      return complain(Exit.USAGE, USAGE);
    }
    String file = rest.getLast();
    Optional<Form> form = Form.of(options, file);
    if (form.isEmpty()) {
      return complain(Exit.USAGE, USAGE);
    }
    Optional<Transcript> session =
        rest.size() == 1 ? memory.transcript() : Transcript.named(place.state(), rest.getFirst());
    if (session.isEmpty()) {
      return complain(
          Exit.USAGE,
          rest.size() == 1
              ? "nothing was kept of this session yet; `transcript list` names others"
              : "there is no session " + rest.getFirst() + "; `transcript list` names them");
    }
    List<String> lines =
        switch (form.get()) {
          case MARKDOWN -> SessionPage.lines(session.get(), place.clock().getZone());
          case SCRIPT ->
              new SessionScript(new Dispatch(place.commands()))
                  .lines(session.get(), place.clock().getZone());
        };
    if (file.equals("-")) {
      lines.forEach(line -> stage.say(Cells.clean(line)));
      return Exit.COMPLETED;
    }
    return write(file, lines);
  }

  private int write(String name, List<String> lines) {
    String shown = Cells.clean(name);
    try {
      Path file = place.root().resolve(name);
      String text = String.join("\n", lines) + "\n";
      try {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException _) {
        if (!stage.confirms("overwrite " + shown + "?")) {
          return complain(Exit.APPROVAL, shown + " is there already, and is left as it is");
        }
        Files.writeString(file, text);
      }
      stage.say("written to " + shown);
      return Exit.COMPLETED;
    } catch (InvalidPathException e) {
      return complain(Exit.USAGE, shown + " is no name of a file");
    } catch (java.nio.file.NoSuchFileException _) {
      return complain(Exit.USAGE, shown + " can't be written: there is no such folder");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int complain(int code, String line) {
    stage.complain(List.of(Cells.clean(line)));
    return code;
  }
}
