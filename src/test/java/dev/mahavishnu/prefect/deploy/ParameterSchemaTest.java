package dev.mahavishnu.prefect.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of parameters, and what a real server makes of it. */
final class ParameterSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** A type, what is of it, and what is not. */
  private record Case(String type, List<String> good, List<String> bad) {}

  private static final List<Case> CASES =
      List.of(
          new Case("string", List.of("\"a\"", "\"\"", "\"{{ x }} \\u001b[0m\""), List.of("1")),
          new Case("integer", List.of("1", "-7"), List.of("1.5", "\"1\"", "true")),
          new Case("number", List.of("1", "1.5"), List.of("\"1.5\"")),
          new Case("boolean", List.of("true"), List.of("\"true\"", "1")),
          new Case("date", List.of("\"2026-11-24\""), List.of("\"24.11.2026\"", "20261124")),
          new Case(
              "datetime",
              List.of("\"2026-11-24T06:00:00Z\"", "\"2026-11-24T06:00:00.123+01:00\""),
              List.of("\"2026-11-24\"", "\"2026-11-24T06:00:00\"")),
          new Case("duration", List.of("\"1h30m\"", "\"250ms\""), List.of("\"PT1H\"", "\"\"", "5")),
          new Case("list<integer>", List.of("[]", "[1, 2]"), List.of("[1, \"2\"]", "1")),
          new Case("map<number>", List.of("{}", "{\"a\": 1.5}"), List.of("{\"a\": \"b\"}", "[]")),
          new Case(
              "{rows: integer, path: string}",
              List.of("{\"rows\": 1, \"path\": \"p\", \"more\": []}"),
              List.of("{\"rows\": 1}", "{\"rows\": \"1\", \"path\": \"p\"}")),
          new Case("any", List.of("null", "1", "[{}]"), List.of()));

  private static Flow flow(List<Parameter> parameters) {
    Flow bare = Flow.of("schemas", List.of(Task.of("t", new Work.Compute(IntNode.valueOf(1)))));
    return new Flow(
        bare.name(),
        bare.description(),
        parameters,
        bare.secrets(),
        bare.tasks(),
        bare.onFailure(),
        bare.outputs(),
        bare.schedules(),
        bare.triggers(),
        bare.timeout(),
        bare.concurrency());
  }

  private static Parameter parameter(String name, String type) {
    return new Parameter(name, ValueType.of(type), Optional.empty(), "");
  }

  @Test
  void parameters_have_the_form_that_prefect_gives_those_of_its_own_flows() {
    Flow flow =
        flow(
            List.of(
                new Parameter("day", ValueType.of("date"), Optional.empty(), "Which day"),
                new Parameter("n", ValueType.of("integer"), Optional.of(IntNode.valueOf(3)), "")));
    assertThat(ParameterSchema.of(flow))
        .isEqualTo(
            JSON.readTree(
                """
                {"title": "Parameters", "type": "object",
                 "properties": {
                   "day": {"type": "string", "format": "date",
                     "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
                     "title": "day", "position": 0, "description": "Which day"},
                   "n": {"type": "integer", "title": "n", "position": 1, "default": 3}},
                 "required": ["day"], "definitions": {}}
                """));
  }

  @Test
  void the_server_takes_good_values_and_refuses_bad_ones_with_the_reason() {
    List<Parameter> parameters =
        CASES.stream().map(c -> parameter("p" + CASES.indexOf(c), c.type())).toList();
    try (PrefectClient client = RealPrefect.open().client()) {
      UUID flow = client.flows().ensure("schema-" + UUID.randomUUID(), List.of(), Map.of()).id();
      DeploymentDraft.Change change =
          DeploymentDraft.Change.NOTHING.parameterSchema(ParameterSchema.of(flow(parameters)));
      Deployments deployments = client.deployments();
      UUID id = deployments.put(DeploymentDraft.of(flow, "d").with(change)).id();
      try {
        ObjectNode usual = JsonNodeFactory.instance.objectNode();
        CASES.forEach(c -> usual.set("p" + CASES.indexOf(c), json(c.good().getLast())));
        for (Case c : CASES) {
          String name = "p" + CASES.indexOf(c);
          for (String good : c.good()) {
            JsonNode given = usual.deepCopy().set(name, json(good));
            assertThat(
                    deployments.run(id, Deployments.RunDraft.now().parameters(given)).parameters())
                .as(c.type())
                .isEqualTo(given);
          }
          for (String bad : c.bad()) {
            refused(deployments, id, usual.deepCopy().set(name, json(bad)), name);
          }
        }
        ObjectNode missing = usual.deepCopy();
        missing.remove("p0");
        refused(deployments, id, missing, "p0");
      } finally {
        client.flows().delete(flow);
      }
    }
  }

  private static void refused(Deployments deployments, UUID id, JsonNode values, String name) {
    assertThatThrownBy(() -> deployments.run(id, Deployments.RunDraft.now().parameters(values)))
        .as(name + " of " + values)
        .isInstanceOfSatisfying(
            PrefectException.class,
            e -> assertThat(e.fault()).get().isInstanceOf(Fault.Conflict.class))
        .hasMessageContaining(name);
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }
}
