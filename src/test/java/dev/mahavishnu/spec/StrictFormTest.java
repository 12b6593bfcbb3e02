package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mahavishnu.expr.Expressions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class StrictFormTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<TaskKind> KINDS = List.of(new CopyKind());
  private static final StrictForm FORM = new StrictForm(KINDS);
  private static final ObjectNode DEFINITIONS = StrictSchema.definitions(KINDS);
  private static final Schema SCHEMA = schema("flow");
  private static final Schema SETTING = schema("setting");

  private static Schema schema(String definition) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", "#/$defs/" + definition);
    root.set("$defs", DEFINITIONS);
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root);
  }

  static List<Path> specs() throws IOException {
    return FlowReaderTest.specs("good");
  }

  @ParameterizedTest
  @MethodSource("specs")
  void a_good_spec_is_valid_in_the_strict_form_and_reads_back_equal(Path spec) {
    FlowReader reader = new FlowReader(new Expressions());
    if (reader.read(spec) instanceof ReadResult.Valid valid) {
      assertGoesThereAndBack(valid.source().flow());
    } else {
      throw new AssertionError(reader.read(spec));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void flows_made_at_random_read_back_equal(long seed) {
    RandomFlows flows = new RandomFlows(seed);
    for (int i = 0; i < 200; i++) {
      ObjectNode tree = FlowTree.of(flows.flow());
      Flow flow = flow(tree);
      assertThat(FORM.flow(FORM.of(flow))).isEqualTo(FlowTree.of(flow));
    }
  }

  private static Flow flow(JsonNode tree) {
    Problems problems = new Problems(new SpecText("a.json", tree.toString()));
    Node node =
        new NodeReader(new SpecText("a.json", tree.toString()), problems).read().orElseThrow();
    return new FlowBuilder(problems).flow(node);
  }

  private static void assertGoesThereAndBack(Flow flow) {
    ObjectNode strict = FORM.of(flow);
    assertThat(SCHEMA.validate(strict)).as(strict.toPrettyString()).isEmpty();
    assertThat(FORM.flow(strict)).isEqualTo(FlowTree.of(flow));
    for (Map.Entry<String, JsonNode> field : strict.properties()) {
      if (!Set.of("tasks", "on_failure").contains(field.getKey()) && !field.getValue().isNull()) {
        assertSetting(field);
      }
    }
    strict
        .get("tasks")
        .forEach(
            task ->
                task.properties().stream()
                    .filter(f -> !f.getValue().isNull())
                    .forEach(StrictFormTest::assertSetting));
  }

  private static void assertSetting(Map.Entry<String, JsonNode> field) {
    assertThat(SETTING.validate(field.getValue())).as(field.toString()).isEmpty();
  }

  @Test
  void a_kind_that_a_jar_brings_has_its_strict_form() {
    Flow flow =
        flow(
            JSON.readTree(
                """
                {"flow": "x", "tasks": [{"id": "c", "type": "copy", "from": "a", "to": "b",
                 "mode": {"deep": true}}]}
                """));
    ObjectNode strict = FORM.of(flow);
    assertThat(SCHEMA.validate(strict)).isEmpty();
    assertThat(strict.at("/tasks/0/mode").toString())
        .isEqualTo("{\"deep\":true,\"how\":null,\"times\":null,\"share\":null,\"only\":null}");
    assertThat(FORM.flow(strict)).isEqualTo(FlowTree.of(flow));
  }

  @Test
  void the_common_form_is_taken_as_it_is() {
    JsonNode tree =
        JSON.readTree(
            """
            {"flow": "x", "description": null, "secrets": [], "on_failure": [], "tasks": [
             {"id": "c", "type": "compute", "value": {"a": null, "b": [{"json": "[1]"}]}}]}
            """);
    assertThat(FORM.flow(tree).toString())
        .isEqualTo(
            "{\"flow\":\"x\",\"tasks\":[{\"id\":\"c\",\"type\":\"compute\","
                + "\"value\":{\"a\":null,\"b\":[{\"json\":\"[1]\"}]}}]}");
  }

  @Test
  void a_text_of_json_that_is_none_is_refused() {
    for (String text : List.of("{", "{\"a\":1,\"a\":2}", "1 2", "")) {
      JsonNode value = JSON.createObjectNode().put("json", text);
      assertThatThrownBy(() -> FORM.taskField("compute", "value", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("this is not the text of a JSON value");
    }
  }

  @Test
  void the_schema_keeps_to_what_strict_modes_take() {
    Set<String> taken =
        Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "anyOf",
            "enum",
            "$ref",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "maxLength");
    DEFINITIONS.properties().forEach(definition -> walk(definition.getValue(), taken));
    assertThat(DEFINITIONS.toString().length()).isLessThan(20_000);
  }

  private static void walk(JsonNode schema, Set<String> taken) {
    assertThat(taken).as(schema.toString()).containsAll(schema.propertyNames());
    String type = schema.path("type").asString("");
    if (type.equals("object")) {
      assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
      List<String> required = schema.get("required").valueStream().map(JsonNode::asString).toList();
      assertThat(required).containsExactlyElementsOf(schema.get("properties").propertyNames());
    }
    if (type.equals("string") && !schema.has("enum")) {
      assertThat(schema.has("maxLength")).isTrue();
    }
    if (type.equals("array")) {
      assertThat(schema.has("maxItems")).isTrue();
    }
    if (schema.has("$ref")) {
      assertThat(schema.size()).isEqualTo(1);
    }
    schema.path("properties").valueStream().forEach(s -> walk(s, taken));
    schema.path("anyOf").forEach(s -> walk(s, taken));
    if (schema.has("items")) {
      walk(schema.get("items"), taken);
    }
  }

  @Test
  void the_list_of_fields_has_every_field_and_kind() {
    String text = FieldList.text(KINDS);
    assertThat(text)
        .contains(
            "  flow: a lower-case name", "Task of type copy:", "  retries?: whole number 0 to 1000")
        .contains("Exactly one of command, argv.");
    assertThat(text.length()).isLessThan(9_000);
  }
}
