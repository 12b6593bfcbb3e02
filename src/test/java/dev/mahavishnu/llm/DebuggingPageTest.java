package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page says is understood without a model. */
final class DebuggingPageTest {
  private static final List<String> TIMES =
      List.of("last night", "today", "yesterday", "this week", "last week");

  @Test
  void every_form_of_the_page_is_understood_with_every_time() throws IOException {
    String page = Files.readString(Path.of("docs/debugging.md"));
    List<String> forms =
        Pattern.compile("`([a-z ]+) WHEN`").matcher(page).results().map(r -> group(r)).toList();
    assertThat(forms).hasSizeGreaterThan(9);
    RunQuestions questions =
        new RunQuestions(
            Optional::empty,
            Clock.systemUTC(),
            (_, _) -> {
              throw new AssertionError();
            });
    for (String form : forms) {
      for (String time : TIMES) {
        assertThat(questions.query(form + " " + time)).as(form + " " + time).isPresent();
      }
    }
  }

  private static String group(MatchResult result) {
    return result.group(1);
  }
}
