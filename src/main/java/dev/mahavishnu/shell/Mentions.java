package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Mention;
import dev.mahavishnu.plan.Request.Brought;
import dev.mahavishnu.view.Cells;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Files and runs that a request brings in by {@code @file}, {@code @last}, {@code @RUN}. */
final class Mentions {
  private static final long LARGEST = 1 << 20;

  private final Path folder;
  private final Function<String, Optional<RunText>> runs;

  /** A folder without runs. */
  Mentions(Path folder) {
    this(folder, _ -> Optional.empty());
  }

  /**
   * @param runs the facts of the run that a word names; asked only for words that name no file
   */
  Mentions(Path folder, Function<String, Optional<RunText>> runs) {
    this.folder = folder;
    this.runs = runs;
  }

  /** What is known of a run. */
  sealed interface RunText {
    record Facts(String text) implements RunText {}

    record None(String why) implements RunText {}
  }

  /** What became of a request. */
  sealed interface Expanded {
    /**
     * The request with the texts of its files in it, and where they are.
     *
     * @param runs the runs among them, as the person named them
     */
    record Text(String text, List<Brought> files, List<String> runs) implements Expanded {
      public Text {
        files = List.copyOf(files);
        runs = List.copyOf(runs);
      }
    }

    /** The request was a run and nothing else. */
    record Run(String name) implements Expanded {}

    /** The request was a file and nothing else. */
    record Whole(Path file, String text) implements Expanded {}

    record Missing(String message) implements Expanded {}
  }

  /** Puts the text of each file in the place of its mention; not within quotes. */
  Expanded expand(String request) {
    StringBuilder text = new StringBuilder();
    List<Brought> files = new ArrayList<>();
    List<String> named = new ArrayList<>();
    int from = 0;
    for (Mention mention : Mention.in(request)) {
      if (Quotes.isOpen(request.substring(0, mention.start()))) {
        continue;
      }
      boolean whole = mention.start() == 0 && mention.end() == request.length();
      String content;
      switch (run(mention.path()).orElse(null)) {
        case RunText.None none -> {
          return new Expanded.Missing(none.why());
        }
        case RunText.Facts _ when whole -> {
          return new Expanded.Run(mention.path());
        }
        case RunText.Facts facts -> {
          content = facts.text();
          named.add(mention.path());
        }
        case null -> {
          try {
            Path file = folder.resolve(mention.path()).normalize();
            content = read(file);
            if (whole) {
              return new Expanded.Whole(file, content);
            }
          } catch (InvalidPathException | IOException e) {
            return new Expanded.Missing(why(mention.path(), e));
          }
        }
      }
      text.append(request, from, mention.start());
      int start = text.length();
      text.append(content.strip());
      files.add(new Brought(mention.path(), start, text.length()));
      from = mention.end();
    }
    return new Expanded.Text(text.append(request.substring(from)).toString(), files, named);
  }

  /** A file of that name is meant before a run. */
  private Optional<RunText> run(String name) {
    return Verb.isRun(name) && !Files.exists(folder.resolve(name))
        ? runs.apply(name)
        : Optional.empty();
  }

  private static String why(String name, Exception e) {
    String shown = Cells.clean(name);
    return switch (e) {
      case NoSuchFileException _, InvalidPathException _ -> "there is no file " + shown;
      case CharacterCodingException _ -> shown + " can't be brought in: it is no text";
      default -> shown + " can't be brought in: " + e.getMessage();
    };
  }

  private static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException("it is larger than 1 MiB");
    }
    return Files.readString(file);
  }
}
