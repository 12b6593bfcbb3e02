package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.spec.Template.Part.Expression;
import dev.mahavishnu.spec.Template.Part.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
  @Test
  void a_text_is_split_at_its_expressions() {
    assertThat(Template.of("a ${{ b }} c${{d}}").parts())
        .containsExactly(
            new Text("a "), new Expression(" b ", 5), new Text(" c"), new Expression("d", 15));
  }

  @Test
  void a_text_without_expressions_is_one_part_and_an_empty_one_none() {
    assertThat(Template.of("$5 $${HOME} ${x} }}").parts())
        .containsExactly(new Text("$5 $${HOME} ${x} }}"));
    assertThat(Template.of("").parts()).isEmpty();
  }

  @Test
  void a_doubled_dollar_stands_for_the_braces_themselves() {
    assertThat(Template.of("$${{ a }} $$${{b}}").parts())
        .containsExactly(new Text("${{ a }} $${{b}}"));
  }

  @Test
  void a_whole_text_expression_is_known_as_such() {
    assertThat(Template.of("${{ a }}").isWhole()).isTrue();
    assertThat(Template.of(" ${{ a }}").isWhole()).isFalse();
    assertThat(Template.of("a").isWhole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": {\"b\": 1}}",
        "\"}}\"",
        "'}}'",
        "'it\\'s }}'",
        "r'\\' + \"}}\"",
        "bR\"\\\"",
        "\"\"\"a \" }}\n }} \"\"\"",
        "r'''\\'''",
        "a // }} \n + b",
        "[[{}]][0]",
        "tasks.`a}}b`",
        "a / b"
      })
  void braces_in_strings_brackets_backquotes_and_comments_do_not_end_an_expression(String source) {
    assertThat(Template.of("x${{" + source + "}}y").parts())
        .isEqualTo(List.of(new Text("x"), new Expression(source, 4), new Text("y")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a ${{ b        | 2 | `${{` is never closed with `}}`",
        "${{ b // c }}  | 0 | `${{` is never closed with `}}`",
        "${{ f(b }}     | 5 | `(` is not closed in the expression",
        "${{ b) }}      | 5 | `)` without its opening bracket",
        "${{ \"b }}     | 4 | \" is not closed in the expression",
        "${{ `b }}      | 4 | ` is not closed in the expression",
        "a ${{  }}      | 2 | the expression is empty",
      })
  void a_broken_expression_is_named_where_it_breaks(String text, int offset, String message) {
    assertThatThrownBy(() -> Template.of(text))
        .isInstanceOfSatisfying(
            TemplateException.class,
            e -> {
              assertThat(e.getMessage()).isEqualTo(message);
              assertThat(e.offset()).isEqualTo(offset);
            });
  }
}
