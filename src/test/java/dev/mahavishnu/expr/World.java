package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.MapOf;
import dev.mahavishnu.spec.ValueType.Member;
import dev.mahavishnu.spec.ValueType.ObjectOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A flow's names, typed and with values, that the tests' expressions speak of. */
class World implements Bindings {
  static final JsonMapper JSON = new JsonMapper();

  static final Scope SCOPE =
      new Scope(
          Map.of(
              "day", Scalar.DATE,
              "count", Scalar.INTEGER,
              "ratio", Scalar.NUMBER,
              "name", Scalar.STRING,
              "force", Scalar.BOOLEAN,
              "regions", new ListOf(Scalar.STRING),
              "sizes", new MapOf(Scalar.INTEGER),
              "wait", Scalar.DURATION,
              "since", Scalar.DATETIME,
              "free", Scalar.ANY),
          Map.of(
              "extract",
                  new ObjectOf(
                      List.of(
                          new Member("rows", Scalar.INTEGER),
                          new Member("path", Scalar.STRING),
                          new Member("files", new ListOf(Scalar.STRING)))),
              "my-task", Scalar.ANY,
              "load", Scalar.ANY),
          Set.of("TOKEN"));

  static final JsonNode PARAMETERS =
      JSON.readTree(
          """
          {"day": "2026-11-22", "count": 3, "ratio": 2.5, "name": "Ann Ünal", "force": true,
           "regions": ["eu", "us"], "sizes": {"a": 1, "b": 2}, "wait": "1h30m",
           "since": "2026-11-22T06:00:00Z",
           "free": {"a": null, "n": 7, "x": 1.5, "list": [3, 1, 2], "deep": {"er": ["z"]}, "s": "t"}}
          """);

  static final JsonNode OUTPUTS =
      JSON.readTree(
          """
          {"extract": {"rows": 12, "path": "/tmp/a.csv", "files": ["a.csv", "b.txt"], "more": 1},
           "my-task": {"ok": true}, "load": null}
          """);

  private final Optional<JsonNode> item;

  World() {
    this(Optional.empty());
  }

  World(Optional<JsonNode> item) {
    this.item = item;
  }

  static Checked check(String expression) {
    return new Expressions().open(SCOPE).check(expression, Optional.empty());
  }

  static Checked check(String expression, ValueType item) {
    return new Expressions().open(SCOPE).check(expression, Optional.of(item));
  }

  static List<Fault> faults(String expression) {
    return check(expression).faults();
  }

  static JsonNode evaluate(String expression) throws ExpressionException {
    return new Expressions().evaluate(expression, new World());
  }

  @Override
  public JsonNode parameter(String name) {
    return PARAMETERS.path(name);
  }

  @Override
  public JsonNode output(String taskId) {
    return OUTPUTS.path(taskId);
  }

  @Override
  public String state(String taskId) {
    return taskId.equals("load") ? "FAILED" : "COMPLETED";
  }

  @Override
  public String secret(String name) {
    return "s3cret";
  }

  @Override
  public Optional<JsonNode> item() {
    return item;
  }

  @Override
  public long index() {
    return 4;
  }

  @Override
  public JsonNode run() {
    return JSON.readTree(
        "{\"id\": \"r1\", \"flow\": \"etl\", \"started\": \"2026-11-22T05:30:00Z\"}");
  }
}
