package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ValueTypesTest {
  @ParameterizedTest(name = "{1} as {0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          integer                | 3                        |
          integer                | 3.5                      | expected integer, got 3.5
          integer                | "3"                      | expected integer, got "3"
          number                 | 3                        |
          date                   | "2026-11-22"             |
          date                   | "2026-13-22"             | expected date, got "2026-13-22"
          list<string>           | ["a"]                    |
          list<string>           | ["a", 1]                 | [1]: expected string, got 1
          map<integer>           | {"a": 1, "b": "x"}       | .b: expected integer, got "x"
          {rows: integer}        | {"rows": 1, "more": 2}   |
          {rows: integer}        | {}                       | it has no `rows`
          list<{n: list<number>}> | [{"n": [1, true]}]      | [0].n[1]: expected number, got true
          """)
  void a_value_is_of_a_type_or_told_why_not(String type, String json, String expected) {
    assertThat(ValueTypes.mismatch(ValueType.of(type), JsonMapper.shared().readTree(json)))
        .isEqualTo(java.util.Optional.ofNullable(expected));
  }

  @ParameterizedTest(name = "{1} as {0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          number                  | 3                    | 3.0
          integer                 | 3                    | 3
          list<number>            | [1, 2.5]             | [1.0,2.5]
          map<number>             | {"a": 1}             | {"a":1.0}
          {n: number, s: string}  | {"n": 1, "x": 1, "s": "y"} | {"n":1.0,"x":1,"s":"y"}
          """)
  void whole_numbers_of_type_number_get_a_fraction(String type, String json, String expected) {
    assertThat(ValueTypes.exact(ValueType.of(type), JsonMapper.shared().readTree(json)).toString())
        .isEqualTo(expected);
  }
}
