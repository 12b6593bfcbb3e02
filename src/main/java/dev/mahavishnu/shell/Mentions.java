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

/** Files that a request brings in by {@code @file}. */
final class Mentions {
  private static final long LARGEST = 1 << 20;

  private final Path folder;

  Mentions(Path folder) {
    this.folder = folder;
  }

  /** What became of a request. */
  sealed interface Expanded {
    /** The request with the texts of its files in it, and where they are. */
    record Text(String text, List<Brought> files) implements Expanded {
      public Text {
        files = List.copyOf(files);
      }
    }

    /** The request was a file and nothing else. */
    record Whole(Path file, String text) implements Expanded {}

    record Missing(String message) implements Expanded {}
  }

  /** Puts the text of each file in the place of its mention; not within quotes. */
  Expanded expand(String request) {
    StringBuilder text = new StringBuilder();
    List<Brought> files = new ArrayList<>();
    int from = 0;
    for (Mention mention : Mention.in(request)) {
      if (Quotes.isOpen(request.substring(0, mention.start()))) {
        continue;
      }
      Path file;
      String content;
      try {
        file = folder.resolve(mention.path()).normalize();
        content = read(file);
      } catch (InvalidPathException | IOException e) {
        return new Expanded.Missing(why(mention.path(), e));
      }
      if (mention.start() == 0 && mention.end() == request.length()) {
        return new Expanded.Whole(file, content);
      }
      text.append(request, from, mention.start());
      int start = text.length();
      text.append(content.strip());
      files.add(new Brought(mention.path(), start, text.length()));
      from = mention.end();
    }
    return new Expanded.Text(text.append(request.substring(from)).toString(), files);
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
