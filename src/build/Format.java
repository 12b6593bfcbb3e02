import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code java Format.java check|fix PATH,…}: holds every Java file to google-java-format.
 *
 * <p>A program of its own and not a Maven plugin, because the formatter reads sources with the
 * compiler of the Java it runs on, and Maven may run on a Java too old to read ours.
 */
final class Format {
  public static void main(String[] args) throws IOException {
    boolean fix = args[0].equals("fix");
    List<Path> files = Stream.of(args[1].split(",")).flatMap(Format::sources).toList();
    List<Path> wrong = files.parallelStream().filter(file -> !formatted(file, fix)).toList();
    wrong.forEach(file -> System.err.println((fix ? "formatted " : "not formatted: ") + file));
    if (files.isEmpty() || (!fix && !wrong.isEmpty())) {
      System.err.println(
          wrong.size() + " of " + files.size() + " files; to mend them: ./mvnw -Pformat validate");
      System.exit(1);
    }
  }

  private static Stream<Path> sources(String path) {
    try {
      return Files.walk(Path.of(path)).filter(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean formatted(Path file, boolean fix) {
    try {
      String before = Files.readString(file);
      String after =
          new Formatter(JavaFormatterOptions.defaultOptions()).formatSourceAndFixImports(before);
      if (fix && !after.equals(before)) {
        Files.writeString(file, after);
      }
      return after.equals(before);
    } catch (FormatterException e) {
      System.err.println(file + ": " + e.getMessage());
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
