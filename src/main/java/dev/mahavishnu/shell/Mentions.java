package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that a request brings in by {@code @file}. */
final class Mentions {
  private static final long LARGEST = 1 << 20;
  private static final Pattern MENTION = Pattern.compile("(?<=^|\\s)@(\\S+)");

  private final Path folder;

  Mentions(Path folder) {
    this.folder = folder;
  }

  /** What became of a request. */
  sealed interface Expanded {
    /** The request with the texts of its files in it. */
    record Text(String text) implements Expanded {}

    /** The request was a file and nothing else. */
    record Whole(Path file, String text) implements Expanded {}

    record Missing(String message) implements Expanded {}
  }

  /** Puts the text of each file in the place of its mention; not within quotes. */
  Expanded expand(String request) {
    Matcher match = MENTION.matcher(request);
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (match.find()) {
      if (Quotes.isOpen(request.substring(0, match.start()))) {
        continue;
      }
      Optional<Path> file = file(match.group(1));
      if (file.isEmpty()) {
        return new Expanded.Missing("there is no file " + Cells.clean(match.group(1)));
      }
      String content;
      try {
        content = read(file.get());
      } catch (IOException e) {
        return new Expanded.Missing(why(match.group(1), e));
      }
      if (match.start() == 0 && match.end() == request.length()) {
        return new Expanded.Whole(file.get(), content);
      }
      int end = match.start() + 1 + spoken(match.group(1)).length();
      text.append(request, from, match.start()).append(content.strip());
      from = end;
    }
    return new Expanded.Text(text.append(request.substring(from)).toString());
  }

  private static String why(String name, IOException e) {
    String reason =
        e instanceof CharacterCodingException ? "it is no text" : String.valueOf(e.getMessage());
    return Cells.clean(name) + " can't be brought in: " + reason;
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("it is larger than 1 MiB");
    }
    return Files.readString(file);
  }

  private Optional<Path> file(String name) {
    return resolve(name).or(() -> resolve(withoutMark(name)));
  }

  /** The part of the word that is the file's name. */
  private String spoken(String word) {
    return resolve(word).isPresent() ? word : withoutMark(word);
  }

  private static String withoutMark(String word) {
    return word.replaceFirst("[,.;:!?)]+$", "");
  }

  private Optional<Path> resolve(String name) {
    try {
      return Optional.of(folder.resolve(name).normalize()).filter(Files::isRegularFile);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
