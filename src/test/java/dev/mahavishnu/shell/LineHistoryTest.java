package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jline.reader.History;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineHistoryTest {
  @TempDir Path folder;
  private Path file = Path.of("/");

  @BeforeEach
  void file() throws IOException {
    file = Files.createFile(folder.resolve("history"));
  }

  private LineHistory opened() {
    LineHistory history = new LineHistory(Optional.of(file), line -> line.contains("s3cret"));
    history.load();
    return history;
  }

  private static void add(LineHistory history, String... lines) {
    Stream.of(lines).forEach(line -> history.add(Instant.ofEpochMilli(5), line));
  }

  private static List<String> lines(LineHistory history) {
    return IntStream.range(0, history.size()).mapToObj(history::get).toList();
  }

  @Test
  void a_line_is_there_once_where_it_was_typed_last_and_in_the_next_shell_too() throws IOException {
    LineHistory history = opened();
    add(history, "one", "two\nlines \\ n", "one", " hidden", "", "token s3cret");
    assertThat(lines(history)).containsExactly("two\nlines \\ n", "one");
    assertThat(Files.readString(file)).doesNotContain("s3cret").doesNotContain("hidden");
    assertThat(lines(opened())).containsExactly("two\nlines \\ n", "one");
  }

  @Test
  void two_shells_share_the_file() {
    LineHistory one = opened();
    LineHistory two = opened();
    add(one, "of one");
    add(two, "of two");
    add(one, "of one again");
    assertThat(lines(opened())).containsExactly("of one", "of two", "of one again");
  }

  @Test
  void what_is_no_line_of_it_is_passed_over() throws IOException {
    Files.write(file, new byte[] {'5', ':', (byte) 0xff, '\n', '5', ':', 'a', '\n', 'x', '\n'});
    assertThat(lines(opened())).containsExactly("\ufffd", "a");
  }

  @Test
  void a_file_that_grew_is_shortened_to_what_counts() throws IOException {
    Files.writeString(file, "5:again\n".repeat(10_001) + "6:last\n");
    assertThat(lines(opened())).containsExactly("again", "last");
    assertThat(Files.readString(file)).isEqualTo("5:again\n6:last\n");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void it_is_walked_from_the_last_line_to_the_first_and_back() {
    LineHistory history = opened();
    add(history, "one", "two");
    assertThat(history.current()).isEmpty();
    assertThat(history.previous()).isTrue();
    assertThat(history.current()).isEqualTo("two");
    assertThat(history.previous()).isTrue();
    assertThat(history.previous()).isFalse();
    assertThat(history.current()).isEqualTo("one");
    assertThat(history.next()).isTrue();
    assertThat(history.next()).isTrue();
    assertThat(history.next()).isFalse();
    assertThat(history.current()).isEmpty();
    assertThat(history.reverseIterator())
        .toIterable()
        .extracting(History.Entry::line)
        .containsExactly("two", "one");
  }

  @Test
  void a_beginning_goes_on_as_it_did_the_last_time() {
    LineHistory history = opened();
    add(history, "run list --limit 3", "run list --limit 5", "run\nmore");
    assertThat(history.rest("run list")).isEqualTo(" --limit 5");
    assertThat(history.rest("run list --limit 3")).isEmpty();
    assertThat(history.rest("run")).isEqualTo(" list --limit 5");
    assertThat(history.rest("")).isEmpty();
    assertThat(history.rest("xyz")).isEmpty();
  }

  @Test
  void an_answer_is_neither_kept_nor_guessed() {
    LineHistory history = opened();
    add(history, "yes please");
    history.rest(true);
    add(history, "my answer");
    assertThat(history.rest("yes")).isEmpty();
    history.rest(false);
    assertThat(lines(history)).containsExactly("yes please");
    assertThat(history.rest("yes")).isEqualTo(" please");
  }

  @Test
  void without_a_file_it_lasts_as_long_as_the_shell() {
    LineHistory history = new LineHistory(Optional.empty(), _ -> false);
    history.load();
    add(history, "one");
    assertThat(lines(history)).containsExactly("one");
  }
}
