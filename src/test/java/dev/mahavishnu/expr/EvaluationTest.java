package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the names of {@link World}: this expression has this type and this value. */
final class EvaluationTest {
  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      useHeadersInDisplayName = false,
      textBlock =
          """
          # names
          params.day ¦ "2026-11-22" ¦ date
          params["day"] ¦ "2026-11-22" ¦ date
          params.`day` ¦ "2026-11-22" ¦ date
          tasks.extract.output.rows ¦ 12 ¦ integer
          tasks["my-task"].output ¦ {"ok":true} ¦ any
          tasks["my-task"]["output"]["ok"] ¦ true ¦ any
          tasks.`my-task`.output.ok ¦ true ¦ any
          tasks . extract . output . files [ 0 ] ¦ "a.csv" ¦ string
          tasks.load.state ¦ "FAILED" ¦ string
          tasks.load.output == null ¦ true ¦ boolean
          secrets.TOKEN ¦ "s3cret" ¦ string
          run.id + "/" + run.flow ¦ "r1/etl" ¦ string
          run.started ¦ "2026-11-22T05:30:00Z" ¦ datetime
          params.free ¦ {"a":null,"n":7,"x":1.5,"list":[3,1,2],"deep":{"er":["z"]},"s":"t"} ¦ any
          params.free.deep.er[0] ¦ "z" ¦ any
          params.sizes.b ¦ 2 ¦ integer
          params.sizes["a"] ¦ 1 ¦ integer
          params.sizes[params.regions[0].replace("eu", "a")] ¦ 1 ¦ integer
          # literals
          1 ¦ 1 ¦ integer
          -9223372036854775808 ¦ -9223372036854775808 ¦ integer
          0x1F ¦ 31 ¦ integer
          1.0 ¦ 1.0 ¦ number
          1e3 ¦ 1000.0 ¦ number
          "a\\n\\u00e9" ¦ "a\\né" ¦ string
          r"\\d" ¦ "\\\\d" ¦ string
          null ¦ null ¦ any
          [1, 2.5, "x", null] ¦ [1,2.5,"x",null] ¦ list<any>
          [] ¦ [] ¦ list<any>
          {} ¦ {} ¦ map<any>
          {"a": params.count, "b": [1]} ¦ {"a":3,"b":[1]} ¦ {a: integer, b: list<integer>}
          {params.name: 1} ¦ {"Ann Ünal":1} ¦ map<integer>
          # arithmetic
          1 + 2 * 3 - 4 ¦ 3 ¦ integer
          7 / 2 ¦ 3 ¦ integer
          -7 / 2 ¦ -3 ¦ integer
          -7 % 3 ¦ -1 ¦ integer
          7 / 2.0 ¦ 3.5 ¦ number
          params.ratio * 2 ¦ 5.0 ¦ number
          2 * params.ratio ¦ 5.0 ¦ number
          params.count + params.ratio ¦ 5.5 ¦ number
          params.free.n / 2 ¦ 3 ¦ any
          params.free.x / 2 ¦ 0.75 ¦ any
          params.free.x + 1.5 ¦ 3.0 ¦ number
          -params.count ¦ -3 ¦ integer
          - - 3 ¦ 3 ¦ integer
          "a" + "b" ¦ "ab" ¦ string
          [1] + [2.5] ¦ [1,2.5] ¦ list<any>
          "n=" + string(params.count) ¦ "n=3" ¦ string
          # comparison
          1 == 1.0 ¦ true ¦ boolean
          1 != 1.0 ¦ false ¦ boolean
          9007199254740993 == 9007199254740992.0 ¦ false ¦ boolean
          [1, {"a": 2}] == [1.0, {"a": 2.0}] ¦ true ¦ boolean
          {"a": 1, "b": 2} == {"b": 2, "a": 1} ¦ true ¦ boolean
          params.free.n == "7" ¦ false ¦ boolean
          params.count < 3.5 ¦ true ¦ boolean
          3.5 >= params.count ¦ true ¦ boolean
          "a" < "b" ¦ true ¦ boolean
          false < true ¦ true ¦ boolean
          params.day >= "2026-11-01" ¦ true ¦ boolean
          "eu" in params.regions ¦ true ¦ boolean
          "c" in params.sizes ¦ false ¦ boolean
          2.0 in [1, 2, 3] ¦ true ¦ boolean
          params.day == null ¦ false ¦ boolean
          # logic
          !params.force ¦ false ¦ boolean
          !!params.force ¦ true ¦ boolean
          true || 1 / 0 == 1 ¦ true ¦ boolean
          1 / 0 == 1 || true ¦ true ¦ boolean
          1 / 0 == 1 && false ¦ false ¦ boolean
          params.count > 2 ? "many" : "few" ¦ "many" ¦ string
          params.force ? 1 : 2.5 ¦ 1 ¦ any
          # absence
          has(params.free.n) ¦ true ¦ boolean
          has(params.free.nope) ¦ false ¦ boolean
          has(params.free.a) ¦ true ¦ boolean
          params.free.?nope.orValue(5) ¦ 5 ¦ any
          params.free.?n.orValue(5) ¦ 7 ¦ any
          params.free.?deep.er.orValue([]) ¦ ["z"] ¦ any
          params.free.?nope.er[0].orValue("none") ¦ "none" ¦ any
          params.free[?"n"].hasValue() ¦ true ¦ boolean
          params.regions[?7].orValue("xx") ¦ "xx" ¦ string
          tasks.load.output.?x.orValue(0) ¦ 0 ¦ any
          # loops
          params.regions.map(r, r + "-1") ¦ ["eu-1","us-1"] ¦ list<string>
          [1, 2, 3, 4].filter(n, n % 2 == 0) ¦ [2,4] ¦ list<integer>
          [1, 2, 3].map(n, n > 1, n * n) ¦ [4,9] ¦ list<integer>
          params.sizes.map(k, params.sizes[k]) ¦ [1,2] ¦ list<integer>
          [1, 2].all(n, n > 0) ¦ true ¦ boolean
          [].all(n, n > 0) ¦ true ¦ boolean
          [1, 2].exists(n, n > 1) ¦ true ¦ boolean
          [].exists(n, n > 1) ¦ false ¦ boolean
          [1, 2, 2].exists_one(n, n == 2) ¦ false ¦ boolean
          [0, 2].exists(n, 4 / n == 2) ¦ true ¦ boolean
          [0, 3].all(n, 4 / n == 2) ¦ false ¦ boolean
          [[1, 2], [3]].map(xs, xs.map(x, x + size(xs))) ¦ [[3,4],[4]] ¦ list<list<integer>>
          [1].map(item, [item].map(item, item + 1)) ¦ [[2]] ¦ list<list<integer>>
          """)
  void an_expression_gives_a_value_of_its_type(String expression, String value, String type)
      throws Exception {
    var checked = World.check(expression);
    assertThat(checked.faults()).isEmpty();
    assertThat(checked.type().text()).isEqualTo(type);
    assertThat(World.evaluate(expression)).isEqualTo(World.JSON.readTree(value));
  }
}
