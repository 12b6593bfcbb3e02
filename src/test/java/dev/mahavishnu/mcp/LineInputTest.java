package dev.mahavishnu.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.mcp.LineInput.Next;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LineInputTest {
  private static List<Next> lines(String text, int longest) throws IOException {
    LineInput input =
        new LineInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest);
    List<Next> lines = new ArrayList<>();
    for (Optional<Next> next = input.next(); next.isPresent(); next = input.next()) {
      lines.add(next.get());
    }
    return lines;
  }

  @Test
  void a_line_ends_at_its_end_or_at_the_end_of_the_input() throws IOException {
    assertThat(lines("a\n\nbä", 100))
        .containsExactly(new Next.Line("a"), new Next.Line(""), new Next.Line("bä"));
    assertThat(lines("", 100)).isEmpty();
  }

  @Test
  void a_line_that_is_too_long_is_left_out_and_the_next_one_is_whole() throws IOException {
    assertThat(lines("12345\n123456\n1", 5))
        .containsExactly(new Next.Line("12345"), new Next.TooLong(), new Next.Line("1"));
  }
}
