package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

final class PromptParserTest {
  private final PromptParser parser = new PromptParser();

  @Test
  void a_line_that_is_not_whole_asks_for_more_but_not_within_an_answer() {
    assertThatThrownBy(() -> parser.parse("run \"a", 6, ParseContext.ACCEPT_LINE))
        .isInstanceOfSatisfying(EOFError.class, e -> assertThat(e.getMissing()).isEqualTo("quote"));
    assertThat(parser.parse("run \"a", 6, ParseContext.COMPLETE).word()).isEqualTo("a");
    parser.answering(true);
    assertThat(parser.parse("it \"", 4, ParseContext.ACCEPT_LINE).line()).isEqualTo("it \"");
  }

  @Test
  void the_word_at_the_cursor_is_told_from_those_before() {
    PromptParser.Typed typed = PromptParser.typed("/run show 26", 12);
    assertThat(typed.before()).containsExactly("/run", "show");
    assertThat(typed.word()).isEqualTo("26");
    assertThat(PromptParser.typed("/run show ", 10).word()).isEmpty();
    assertThat(PromptParser.typed("/run show x", 5).before()).containsExactly("/run");
    assertThat(PromptParser.typed("first\nsecond wo", 15).before()).containsExactly("second");
  }

  @Test
  void what_is_completed_is_quoted_as_it_was_begun() {
    assertThat(PromptParser.typed("@a", 2).escape("@a b", true)).hasToString("@a\\ b");
    assertThat(PromptParser.typed("\"a", 2).escape("a b", true)).hasToString("\"a b\"");
    assertThat(PromptParser.typed("'a", 2).escape("a b", false)).hasToString("'a b");
    assertThat(PromptParser.typed("'a", 2).rawWordCursor()).isEqualTo(2);
  }
}
