package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the names of {@link World}: what is wrong, where, and what to do. */
final class FaultTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          # names
          params.dya ¦ 7 ¦ unknown parameter `dya` ¦ did you mean `day`?
          params . dya ¦ 9 ¦ unknown parameter `dya` ¦ did you mean `day`?
          params["cuont"] ¦ 7 ¦ unknown parameter `cuont` ¦ did you mean `count`?
          params ¦ 0 ¦ `params` is no value by itself ¦ write params.name or params["name"], with a constant
          params[params.name] ¦ 0 ¦ `params` is no value by itself ¦ write params.name or params["name"], with a constant
          params.?day ¦ 8 ¦ `params.` takes no `?` ¦ what it names is always there
          1 + tasks ¦ 4 ¦ `tasks` is no value by itself ¦ write tasks.name or tasks["my-task"], with a constant
          tasks[params.name].output ¦ 0 ¦ `tasks` is no value by itself ¦ write tasks.name or tasks["my-task"], with a constant
          tasks.exists(t, t.state == "FAILED") ¦ 0 ¦ `tasks` is no value by itself ¦ write tasks.name or tasks["my-task"], with a constant
          tasks.extract ¦ 6 ¦ a task is no value by itself ¦ write .output or .state after its id; an id with a dash is written tasks["my-task"]
          tasks.extract.outptu ¦ 14 ¦ a task has `output` and `state`, not `outptu` ¦ did you mean `output`?
          tasks.extract.rows ¦ 14 ¦ a task has `output` and `state`, not `rows` ¦ write output.rows for a field of its output
          tasks.extract.output.rowz ¦ 21 ¦ unknown field `rowz` ¦ did you mean `rows`?
          tasks.extract.output.zzz ¦ 21 ¦ unknown field `zzz` ¦ there is rows, path, files
          tasks.extrct.output ¦ 6 ¦ unknown task `extrct` ¦ did you mean `extract`?
          tasks.extrct.state ¦ 6 ¦ unknown task `extrct` ¦ did you mean `extract`?
          tasks["my-tsk"].output ¦ 6 ¦ unknown task `my-tsk` ¦ did you mean `my-task`?
          secrets.TOKN ¦ 8 ¦ unknown secret `TOKN` ¦ did you mean `TOKEN`?
          secrets.OTHER ¦ 8 ¦ unknown secret `OTHER` ¦ name it under `secrets`
          run.startd ¦ 4 ¦ `run` has `id`, `flow` and `started`, not `startd` ¦ did you mean `started`?
          item ¦ 0 ¦ `item` is only there in a task with `map` ¦ ''
          index + 1 ¦ 0 ¦ `index` is only there in a task with `map` ¦ ''
          count > 1 ¦ 0 ¦ unknown name `count` ¦ did you mean `params.count`?
          extract.output ¦ 0 ¦ unknown name `extract` ¦ did you mean `tasks.extract.output`?
          TOKEN ¦ 0 ¦ unknown name `TOKEN` ¦ did you mean `secrets.TOKEN`?
          inputs.day ¦ 0 ¦ unknown name `inputs` ¦ did you mean `params`?
          None ¦ 0 ¦ unknown name `None` ¦ write null
          .params.day ¦ 1 ¦ a name does not start with a dot here ¦ write params
          [1].map(params, 1) ¦ 8 ¦ `params` cannot be the variable of a loop ¦ choose another name
          [1].map(x, 1) == [x] ¦ 18 ¦ unknown name `x` ¦ there are params, tasks, secrets, run, item and index
          # functions
          len("a") ¦ 0 ¦ unknown function `len` ¦ use size(x)
          params.name.toUpper() ¦ 12 ¦ unknown function `toUpper` ¦ did you mean `upper`?
          params.name.uper() ¦ 12 ¦ unknown function `uper` ¦ did you mean `upper`?
          lower("a") ¦ 0 ¦ `lower` is not used like this ¦ write x.lower() with x a string
          "a".replace("b") ¦ 4 ¦ `replace` is not used like this ¦ write x.replace(a string, a string) with x a string
          params.regions.lower() ¦ 7 ¦ `lower` takes a string, not list<string> ¦ ''
          params.name.contains(1) ¦ 21 ¦ `contains` takes a string, not integer ¦ string(…) makes text of it
          params.day.plusDays("1") ¦ 20 ¦ `plusDays` takes an integer, not string ¦ ''
          params.wait.weekday() ¦ 7 ¦ `weekday` takes a date or datetime, not duration ¦ ''
          "2026-13-01".weekday() ¦ 0 ¦ not a date (2026-11-22) or datetime (2026-11-22T06:00:00Z) ¦ ''
          params.name.matches("(") ¦ 20 ¦ not a regular expression (RE2): missing closing ) ¦ ''
          params.day.format("bogus {") ¦ 18 ¦ not a date pattern (yyyy-MM-dd, HH:mm:ss) ¦ ''
          run.started.inZone("Berlin") ¦ 19 ¦ not a time zone (Europe/Berlin, UTC, +02:00) ¦ ''
          "1 hour".seconds() ¦ 0 ¦ not a duration (250ms, 10s, 1h30m, 2d) ¦ ''
          size(null) ¦ 5 ¦ `size` takes a string, a list or an object, not null ¦ ''
          # fields and items
          params.name.lower ¦ 12 ¦ a value of type string has no field `lower` ¦ write lower()
          params.regions.name ¦ 15 ¦ a list has no field `name` ¦ take an item first, as in [0], or use map(x, x.name)
          params.count.x ¦ 13 ¦ a value of type integer has no field `x` ¦ ''
          params.regions["a" + "b"] ¦ 19 ¦ a list is indexed by an integer, not string ¦ ''
          params.sizes[1] ¦ 13 ¦ an object is indexed by a string, not integer ¦ ''
          params.count[0] ¦ 12 ¦ a value of type integer has no items ¦ ''
          params.free.?x ¦ 13 ¦ the value may be absent here ¦ add .orValue(…) after it
          [params.free.?x.y] ¦ 16 ¦ the value may be absent here ¦ add .orValue(…) after it
          params.free.x.orValue(1) ¦ 14 ¦ `orValue` is for a value that may be absent ¦ write x.?name before it
          has(params.day) ¦ 0 ¦ `has` asks for a field of a value, as in has(item.name) ¦ what params, tasks, secrets and run name is always there; compare with null
          # operators
          params.count + "x" ¦ 13 ¦ `+` does not take integer and string ¦ string(…) makes text of a number
          1 - "a" ¦ 2 ¦ `-` does not take integer and string ¦ int(…) or double(…) makes a number of text
          [1] + 1 ¦ 4 ¦ `+` does not take list<integer> and integer ¦ write [x] to add one item to a list
          1 + null ¦ 2 ¦ `+` does not take integer and null ¦ ''
          params.ratio % 2 ¦ 13 ¦ `%` does not take number and integer ¦ int(…) makes an integer of a number
          -params.name ¦ 0 ¦ `-` takes a number, not string ¦ ''
          params.count == "3" ¦ 13 ¦ integer and string are never equal ¦ int(…) or double(…) makes a number of text
          params.count < "3" ¦ 13 ¦ cannot order integer and string ¦ int(…) or double(…) makes a number of text
          "a" in "abc" ¦ 4 ¦ `in` cannot find string in string ¦ write text.contains(part)
          1 in ["a"] ¦ 2 ¦ `in` cannot find integer in list<string> ¦ ''
          !params.count ¦ 0 ¦ `!` takes a boolean, not integer ¦ compare it, as in x != 0
          true && params.name ¦ 15 ¦ `&&` takes a boolean, not string ¦ compare it, as in x != ""
          params.count ? 1 : 2 ¦ 13 ¦ `?` takes a boolean, not integer ¦ compare it, as in x != 0
          # loops and literals
          params.name.map(x, x) ¦ 12 ¦ `map` goes over a list or an object, not string ¦ split(",") makes a list of a string
          params.regions.all(i, v, true) ¦ 15 ¦ `all` is not used like this ¦ write xs.all(x, …)
          [1].map(1, 1) ¦ 4 ¦ `map` is not used like this ¦ write xs.map(x, …)
          [1].filter(x, x) ¦ 14 ¦ `filter` takes a boolean, not integer ¦ compare it, as in x != 0
          [1].map(x, [2].map(y, tasks.extrct.output)) ¦ 28 ¦ unknown task `extrct` ¦ did you mean `extract`?
          {1: 2} ¦ 1 ¦ the names in an object are strings ¦ write it in quotes
          {"a": 1, "a": 2} ¦ 9 ¦ the object has this name twice ¦ ''
          Foo{a: 1} ¦ 3 ¦ there are no named types ¦ an object is written {"name": value}
          1u ¦ 0 ¦ there are no unsigned integers ¦ leave out the u
          b"abc" ¦ 0 ¦ there are no byte strings ¦ leave out the b
          9223372036854775808 ¦ 0 ¦ the integer does not fit in 64 bits ¦ ''
          1e999 ¦ 0 ¦ the number is too large ¦ ''
          # syntax
          '' ¦ 0 ¦ the expression is empty ¦ ''
          1 + ¦ 3 ¦ it ends too early ¦ ''
          (1 + 2 ¦ 6 ¦ `)` is missing here ¦ ''
          1 + 2) ¦ 5 ¦ unexpected `)` ¦ ''
          a.b. ¦ 4 ¦ it ends too early ¦ ''
          a..b ¦ 2 ¦ unexpected `.` ¦ ''
          {"a" 1} ¦ 5 ¦ `:` is missing here ¦ ''
          "abc ¦ 0 ¦ the string that starts here does not end ¦ ''
          "\\q" ¦ 0 ¦ the string that starts here does not end ¦ a backslash in it is written \\\\
          params.name = "x" ¦ 12 ¦ unexpected `=` ¦ == compares
          true and false ¦ 5 ¦ unexpected `and` ¦ write &&
          true or false ¦ 5 ¦ unexpected `or` ¦ write ||
          not true ¦ 4 ¦ unexpected `true` ¦ write !
          params.name is null ¦ 12 ¦ unexpected `is` ¦ write ==
          if ¦ 0 ¦ `if` is a reserved word ¦ write condition ? this : that
          params.name $ ¦ 12 ¦ unexpected `$` ¦ ''
          """)
  void a_fault_says_where_and_what(String expression, int offset, String message, String hint) {
    Fault expected = new Fault(offset, message, hint == null ? "" : hint.replaceFirst("^''$", ""));
    assertThat(World.faults(expression.equals("''") ? "" : expression)).startsWith(expected);
  }

  @Test
  void all_faults_of_an_expression_come_together() {
    assertThat(World.faults("params.dya + tasks.extrct.output > secrets.TOKN"))
        .extracting(Fault::offset)
        .containsExactly(7, 19, 43);
  }

  @Test
  void offsets_count_characters_of_java_strings_after_characters_outside_the_basic_plane() {
    String expression = "\"😀😀\" + params.dya";
    assertThat(World.faults(expression).getFirst().offset()).isEqualTo(expression.indexOf("dya"));
    String broken = "\"😀😀\" + * 2";
    assertThat(World.faults(broken).getFirst().offset()).isEqualTo(broken.indexOf('*'));
  }

  @Test
  void offsets_go_on_over_lines() {
    String expression = "params.count\n  + 1\n  + params.dya";
    assertThat(World.faults(expression).getFirst().offset()).isEqualTo(expression.indexOf("dya"));
    String broken = "params.count\n  +\n  * 2";
    assertThat(World.faults(broken).getFirst().offset()).isEqualTo(broken.indexOf('*'));
  }

  @Test
  void a_name_alone_is_suggested_from_the_flow_also_in_a_chain() {
    assertThat(World.faults("[day].map(d, d)").getFirst().hint())
        .isEqualTo("did you mean `params.day`?");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          1 / 0 ¦ 2 ¦ division by zero
          1.0 / 0.0 ¦ 4 ¦ division by zero
          5 % 0 ¦ 2 ¦ division by zero
          1e308 * 10.0 ¦ 6 ¦ the result is not a finite number
          9223372036854775807 + 1 ¦ 20 ¦ the result does not fit in 64 bits
          -9223372036854775808 / -1 ¦ 21 ¦ the result does not fit in 64 bits
          params.free.nope ¦ 12 ¦ the object has no `nope`
          params.free.lst ¦ 12 ¦ the object has no `lst`; did you mean `list`?
          params.free.list[5] ¦ 16 ¦ no such item: the list has 3, counted from 0
          params.free.list[-1] ¦ 16 ¦ no such item: the list has 3, counted from 0; last() gives the last
          params.free.list["a"] ¦ 17 ¦ cannot read `a` of a list
          params.free.a.x ¦ 14 ¦ cannot read `x` of null
          params.free.n + "x" ¦ 14 ¦ `+` does not take an integer and a string
          params.free.n.lower() ¦ 12 ¦ `lower` takes a string, not an integer
          params.free.n ? 1 : 2 ¦ 14 ¦ needs a boolean, not an integer
          params.free.n.map(k, k) ¦ 14 ¦ `map` goes over a list or an object, not an integer
          params.free.list.map(x, x.y) ¦ 26 ¦ cannot read `y` of an integer
          {params.free.s: 1, params.free.s: 2} ¦ 31 ¦ the object has this name twice
          int("abc") ¦ 0 ¦ the string is not an integer
          int(1e19) ¦ 0 ¦ the number does not fit in 64 bits
          double("x") ¦ 0 ¦ the string is not a number
          bool("maybe") ¦ 0 ¦ the value is neither true nor false
          "abc".substring(2, 9) ¦ 6 ¦ the part is not within the string, which has 3 characters
          "a".split("") ¦ 4 ¦ `split` needs a separator that is not empty
          [].last() ¦ 3 ¦ the list is empty
          [1, "a"].sort() ¦ 9 ¦ cannot order a string and an integer
          "{".parseJson() ¦ 4 ¦ the string is not JSON
          "".parseJson() ¦ 3 ¦ the string is empty, not JSON
          ["a", [1]].join(",") ¦ 11 ¦ `join` takes strings, numbers and booleans; one item is a list
          params.day.plusDays(99999999999) ¦ 11 ¦ the date is not within the years 0 to 9999
          params.day.plusDays(9223372036854775807) ¦ 11 ¦ the date has no such part or is out of range
          params.day.format("HH") ¦ 11 ¦ the date has no such part or is out of range
          params.name.weekday() ¦ 12 ¦ not a date (2026-11-22) or datetime (2026-11-22T06:00:00Z)
          item ¦ 0 ¦ there is no `item` here
          1 + ¦ 3 ¦ it ends too early
          """)
  void what_only_a_run_can_tell_says_where_and_what(String expression, int offset, String message) {
    ExpressionException refused =
        catchThrowableOfType(ExpressionException.class, () -> World.evaluate(expression));
    assertThat(refused).hasMessage(message);
    assertThat(refused.offset()).isEqualTo(offset);
  }

  @Test
  void references_are_complete_also_in_loops_within_loops_and_in_both_ways_of_writing() {
    Checked checked =
        World.check(
            "params.regions.map(r, tasks[\"my-task\"].output.filter(x, x == tasks.load.state ||"
                + " has(tasks.extract.output.path)).map(y, secrets.TOKEN + params[\"name\"]))");
    assertThat(checked.faults()).isEmpty();
    assertThat(checked.tasks()).containsExactlyInAnyOrder("my-task", "load", "extract");
    assertThat(checked.parameters()).containsExactlyInAnyOrder("regions", "name");
    assertThat(checked.secrets()).containsExactly("TOKEN");
  }

  @Test
  void what_is_said_of_an_item_depends_on_the_task() {
    assertThat(World.check("item + index", ValueType.Scalar.INTEGER).type())
        .isEqualTo(ValueType.Scalar.INTEGER);
    assertThat(World.check("item.rowz", ValueType.of("{rows: integer}")).faults())
        .containsExactly(new Fault(5, "unknown field `rowz`", "did you mean `rows`?"));
  }

  @Test
  void thousands_of_wrong_names_among_thousands_of_tasks_are_told_soon() throws Throwable {
    Map<String, ValueType> outputs = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      outputs.put("task_number_" + i, ValueType.ANY);
    }
    var session = new Expressions().open(new Scope(Map.of(), outputs, Set.of()));
    var spent =
        Cpu.of(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                String expression = "tasks.tusk_number_" + i + ".output";
                assertThat(session.check(expression, Optional.empty()).faults()).hasSize(1);
              }
            });
    assertThat(spent).isLessThan(Duration.ofSeconds(5));
  }
}
