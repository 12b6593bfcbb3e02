package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "any",
        "string",
        "integer",
        "number",
        "boolean",
        "date",
        "datetime",
        "duration",
        "list<string>",
        "map<list<integer>>",
        "{rows: integer, path: string}",
        "list<{a: list<any>, b-c: {d: map<date>}}>"
      })
  void a_type_reads_and_prints(String text) {
    assertThat(ValueType.of(text).text()).isEqualTo(text);
  }

  @Test
  void blanks_do_not_matter_and_elements_may_be_left_out() {
    assertThat(ValueType.of(" list < string > ").text()).isEqualTo("list<string>");
    assertThat(ValueType.of("list")).isEqualTo(new ValueType.ListOf(ValueType.ANY));
    assertThat(ValueType.of("{a:map}"))
        .isEqualTo(
            new ValueType.ObjectOf(
                List.of(new ValueType.Member("a", new ValueType.MapOf(ValueType.ANY)))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strng | unknown type `strng`; did you mean `string`?",
        "int | unknown type `int`; did you mean `integer`?",
        "list<object> | unknown type `object`; did you mean `map`?",
        "wombat | unknown type `wombat`; known: any, string, integer, number, boolean, date,"
            + " datetime, duration, list, map",
        "list<string | `list<string` is not a type: `>` is missing; write it as string,"
            + " list<integer> or {rows: integer}",
        "{a: string, a: date} | `{a: string, a: date}` is not a type: `a` stands twice; write it"
            + " as string, list<integer> or {rows: integer}",
        "string! | `string!` is not a type: unexpected `!`; write it as string, list<integer> or"
            + " {rows: integer}",
        "{} | `{}` is not a type: expected a name instead of `}`; write it as string,"
            + " list<integer> or {rows: integer}",
      })
  void what_is_no_type_is_refused_with_what_to_write(String text, String message) {
    assertThatThrownBy(() -> ValueType.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void a_type_nested_too_deep_is_refused() {
    String deep = "list<".repeat(10_000) + "any" + ">".repeat(10_000);
    assertThatThrownBy(() -> ValueType.of(deep)).hasMessageContaining("nested more than 20 deep");
  }
}
