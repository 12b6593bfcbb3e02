package dev.mahavishnu.prefect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ParameterSchemaTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** As Prefect draws them from the signature of a Python flow. */
  private static final String SCHEMA =
      """
      {"title": "Parameters", "type": "object",
       "properties": {
         "numbers": {"items": {"type": "integer"}, "title": "numbers", "type": "array"},
         "nap": {"default": 0.1, "title": "nap", "type": "number"},
         "fail": {"default": false, "title": "fail", "type": "boolean"},
         "label": {"title": "label", "type": "string"},
         "maybe": {"anyOf": [{"type": "integer"}, {"type": "null"}], "default": null},
         "mixed": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
         "mode": {"$ref": "#/definitions/Mode"},
         "point": {"$ref": "#/definitions/Point"},
         "limit": {"type": "integer", "minimum": 1, "maximum": 10},
         "password": {"type": "string", "format": "password", "minLength": 3, "writeOnly": true},
         "pair": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]},
         "anything": {"title": "anything"}},
       "required": ["numbers", "label"],
       "definitions": {
         "Mode": {"enum": ["fast", "slow"], "type": "string"},
         "Point": {"type": "object", "properties": {"x": {"type": "number"}},
            "required": ["x"], "additionalProperties": false}}}
      """;

  private static ParameterSchema schema(String text, String defaults) {
    return ParameterSchema.of(MAPPER.readTree(text), MAPPER.readTree(defaults), true);
  }

  private static JsonNode value(String name, String text) {
    return schema(SCHEMA, "{}").value(name, text);
  }

  private static List<String> problems(String given) {
    return schema(SCHEMA, "{\"numbers\": [1], \"label\": \"l\"}")
        .problems((ObjectNode) MAPPER.readTree(given));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          numbers  | [1, 2]      | [1,2]
          nap      | 1           | 1
          fail     | true        | true
          fail     | yes         | "yes"
          label    | 5           | "5"
          label    | true        | "true"
          label    | "quoted"    | "\\"quoted\\""
          label    | a b         | "a b"
          maybe    | null        | null
          maybe    | 7           | 7
          mixed    | 7           | 7
          mixed    | seven       | "seven"
          mixed    | "7"         | "7"
          mode     | fast        | "fast"
          point    | {"x": 1}    | {"x":1}
          anything | 5           | 5
          anything | [1] and 2   | "[1] and 2"
          unknown  | 5           | 5
          """)
  void a_value_is_json_where_that_fits_and_text_else(String name, String text, String expected) {
    assertThat(value(name, text).toString()).isEqualTo(expected);
  }

  @Test
  void what_does_not_fit_is_told_in_a_line() {
    String table =
        """
        {"numbers": [1, "2"]}  | parameter `numbers`: item 2: expected a whole number, not "2"
        {"numbers": 3}         | parameter `numbers`: expected a list, not 3
        {"fail": "yes"}        | parameter `fail`: expected true or false, not "yes"
        {"nap": "long"}        | parameter `nap`: expected a number, not "long"
        {"maybe": 1.5}         | parameter `maybe`: expected a whole number or null, not 1.5
        {"mode": "fats"}       | parameter `mode`: expected one of fast, slow, not "fats"
        {"point": {}}          | parameter `point`: `x` is missing
        {"point": {"x": 1, "y": 2}} | parameter `point`: `y`: there is no such field
        {"limit": 11}          | parameter `limit`: expected at most 10, not 11
        {"limit": 0}           | parameter `limit`: expected at least 1, not 0
        {"pair": ["1", "a"]}   | parameter `pair`: item 1: expected a whole number, not "1"
        {"password": "ab"}     | parameter `password`: expected at least 3 characters
        {"password": 12345}    | parameter `password`: expected text
        {"numbrs": [1]}        | there is no parameter `numbrs`; did you mean `numbers`?
        """;
    for (String row : table.lines().toList()) {
      String[] cells = row.split(" +\\| ", 2);
      assertThat(problems(cells[0])).as(row).containsExactly(cells[1]);
    }
  }

  @Test
  void what_fits_is_no_problem_and_neither_is_what_the_server_fills_in() {
    assertThat(problems("{\"numbers\": [], \"maybe\": null, \"mode\": \"slow\", \"nap\": 1}"))
        .isEmpty();
    assertThat(problems("{\"numbers\": {\"__prefect_kind\": \"jinja\", \"template\": \"x\"}}"))
        .isEmpty();
    assertThat(problems("{}")).isEmpty();
  }

  @Test
  void what_has_neither_value_nor_default_is_missing() {
    assertThat(schema(SCHEMA, "{\"numbers\": [1]}").problems(MAPPER.createObjectNode()))
        .containsExactly("parameter `label` has no value");
  }

  @Test
  void a_deployment_without_a_schema_takes_everything_and_one_that_takes_nothing_says_so() {
    ObjectNode given = MAPPER.createObjectNode().put("x", 1);

    assertThat(schema("{}", "{}").problems(given)).isEmpty();
    assertThat(schema("{}", "{}").value("x", "1").toString()).isEqualTo("1");
    assertThat(schema("{\"type\": \"object\", \"properties\": {}}", "{}").problems(given))
        .containsExactly("there is no parameter `x`; it takes none");
    assertThat(schema("{\"properties\": {}, \"additionalProperties\": true}", "{}").problems(given))
        .isEmpty();
  }

  @Test
  void a_schema_that_goes_round_ends() {
    String round =
        "{\"properties\": {\"x\": {\"$ref\": \"#/definitions/A\"}},"
            + " \"definitions\": {\"A\": {\"$ref\": \"#/definitions/A\"}}}";

    assertThat(schema(round, "{}").problems(MAPPER.createObjectNode().put("x", 1))).isEmpty();
    assertThat(schema(round, "{}").value("x", "1").toString()).isEqualTo("1");
  }
}
