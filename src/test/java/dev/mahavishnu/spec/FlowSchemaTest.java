package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema and the reader's check of shapes come from one source; here they are held together.
 */
final class FlowSchemaTest {
  private static final Schema SCHEMA = schema(FlowSchema.json(List.of(new CopyKind())));
  private static final Shape.Struct SHAPE = FlowShapes.flow(List.of(new CopyKind()));
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1",
          "3.0",
          "1.5",
          "1000000",
          "12345678901234567890",
          "\"\"",
          "\"a\"",
          "\"A b\"",
          "\"5m\"",
          "\"5 m\"",
          "\"inputs\"",
          "\"${{ run.id }}\"",
          "\"10MB\"",
          "\"shell\"",
          "\"compute\"",
          "\"copy\"",
          "\"all_done\"",
          "\"GET\"",
          "[]",
          "[\"a\"]",
          "[1]",
          "[{}]",
          "{}",
          "{\"a\": \"string\"}",
          "{\"name\": \"a\", \"value\": 1}",
          "[{\"name\": \"a\", \"value\": 1}]",
          "[{\"id\": \"a\", \"type\": \"compute\", \"value\": 1}]",
          "{\"initial\": \"1s\"}",
          "{\"key\": \"k\"}",
          "[{\"cron\": \"* * * * *\"}]",
          "{\"type\": \"any\"}");

  private static final List<String> NAMES =
      List.of(
          "flow",
          "id",
          "type",
          "name",
          "value",
          "command",
          "argv",
          "file",
          "script",
          "url",
          "spec",
          "map",
          "batch",
          "concurrency",
          "retries",
          "retry_delay",
          "cron",
          "every",
          "anchor",
          "day_or",
          "default",
          "timeout",
          "nonsense",
          "from",
          "to",
          "mode",
          "message",
          "key");

  private static Schema schema(ObjectNode json) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(json);
  }

  static Stream<Path> specs() throws IOException {
    return Stream.of("good", "bad")
        .flatMap(
            folder -> {
              try {
                return FlowReaderTest.specs(folder).stream();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("specs")
  void the_schema_and_the_reader_agree_on_the_shape_of_a_spec(Path spec) throws IOException {
    Problems problems = new Problems(new SpecText(spec.toString(), Files.readString(spec)));
    Optional<Node> node =
        new NodeReader(new SpecText(spec.toString(), Files.readString(spec)), problems).read();
    if (node.isPresent() && problems.isEmpty()) {
      assertAgree(node.get().json());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void the_schema_and_the_reader_agree_on_flows_changed_at_random(long seed) {
    RandomFlows flows = new RandomFlows(seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 250; i++) {
      ObjectNode spec = FlowTree.of(flows.flow());
      if (i % 10 == 0) {
        ((ArrayNode) spec.get("tasks")).add(copy());
        assertAgree(spec);
      }
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        change(spec, random);
      }
      refused += assertAgree(spec) ? 0 : 1;
    }
    assertThat(refused).isBetween(50, 240);
  }

  private static ObjectNode copy() {
    return (ObjectNode)
        JSON.readTree(
            "{\"id\":\"c\",\"type\":\"copy\",\"from\":\"a\",\"to\":\"${{ run.id"
                + " }}\",\"mode\":{\"deep\":true}}");
  }

  /** Returns whether both accept. */
  private static boolean assertAgree(JsonNode spec) {
    String text = spec.toPrettyString();
    SpecText source = new SpecText("a.json", text);
    Problems problems = new Problems(source);
    Node node = new NodeReader(source, problems).read().orElseThrow();
    new ShapeCheck(problems, SHAPE).check(node);
    List<?> errors = SCHEMA.validate(JSON.readTree(text));
    assertThat(errors.isEmpty())
        .as("schema: %s%nreader: %s%n%s", errors, problems.sorted(), text)
        .isEqualTo(problems.isEmpty());
    return errors.isEmpty();
  }

  /** Puts, takes away or renames a field, or changes an item of a list, somewhere. */
  private static void change(JsonNode spec, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(spec, containers);
    JsonNode chosen = containers.get(random.nextInt(containers.size()));
    JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    if (chosen instanceof ArrayNode array) {
      int at = random.nextInt(array.size() + 1);
      if (random.nextBoolean() && at < array.size()) {
        array.remove(at);
      } else {
        array.insert(at, value);
      }
    } else if (chosen instanceof ObjectNode object) {
      List<String> own = List.copyOf(object.propertyNames());
      boolean known = !own.isEmpty() && random.nextInt(3) > 0;
      String name =
          known ? own.get(random.nextInt(own.size())) : NAMES.get(random.nextInt(NAMES.size()));
      if (random.nextInt(3) == 0) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.valueStream().forEach(child -> collect(child, containers));
    }
  }

  @Test
  void every_text_and_list_is_bounded_and_every_mapping_closed() {
    walk(FlowSchema.json(), "");
  }

  private static void walk(JsonNode node, String path) {
    if (node.path("type").asString("").equals("string")) {
      assertThat(node.has("maxLength")).as(path).isTrue();
    }
    if (node.path("type").asString("").equals("array")) {
      assertThat(node.has("maxItems")).as(path).isTrue();
    }
    if (node.path("type").asString("").equals("object")) {
      boolean closed = node.has("additionalProperties") || node.has("unevaluatedProperties");
      assertThat(closed).as(path).isTrue();
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      walk(member.getValue(), path + "/" + member.getKey());
    }
    node.valueStream().filter(v -> node.isArray()).forEach(v -> walk(v, path + "[]"));
  }

  @Test
  void every_field_says_what_it_means() {
    JsonNode schema = FlowSchema.json();
    List<JsonNode> fields = new ArrayList<>(schema.path("properties").valueStream().toList());
    JsonNode task = schema.path("$defs").path("task");
    fields.addAll(task.path("properties").valueStream().toList());
    task.path("allOf")
        .forEach(
            kind -> fields.addAll(kind.path("then").path("properties").valueStream().toList()));
    assertThat(fields)
        .hasSizeGreaterThan(40)
        .allMatch(f -> f.path("description").asString("").length() > 5);
  }
}
