package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables, expectations, choices and aliases; the run is one whose task {@code load} failed. */
final class ScriptLanguageTest {
  @TempDir Path root;
  private TestPlace place = new TestPlace(Path.of("/"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void enter() {
    place = new TestPlace(root);
    place.history = Optional.of(new TestHistory(TestPlace.flow("orders", "fetch", "load"), root));
    place.lastRun = Optional.of(TestHistory.RUN);
  }

  private int run(String text) {
    return run(text, false);
  }

  private int run(String text, boolean keepGoing) {
    err.reset();
    Script script =
        new Script("s.mv", text.lines().iterator(), true, keepGoing, Script.Streams.NONE);
    return script.run(
        place,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private void says(String text, int code, String message) {
    assertThat(run(text)).as(text).isEqualTo(code);
    assertThat(err()).isEqualTo(message);
  }

  // Variables.

  @Test
  void a_variable_stands_in_words_but_not_in_single_quotes() {
    run("let day = 2026-11-22\n/do $day ${day}s x=$day \"on $day\" '$day' \\$day x='$day' $5");
    assertThat(place.commands)
        .containsExactly(
            "do 2026-11-22 2026-11-22s x=2026-11-22 on 2026-11-22 $day $day x=$day $5");
  }

  @Test
  void a_value_stays_one_word_and_stays_json_within_json() {
    run("let x = '\"}, \"b\": {\"c'\nlet n = [1, 2]\n/do k={\"a\": \"$x\", \"n\": $n}");
    assertThat(place.commands)
        .containsExactly("do k={\"a\": \"\\\"}, \\\"b\\\": {\\\"c\", \"n\": [1,2]}");
    says(
        "let o = --help\n/do $o",
        2,
        "s.mv:2: the value of `$o` begins with a dash and would be an option; write --OPTION=$o\n");
    assertThat(run("let o = -5\n/do --limit=$o")).isZero();
    assertThat(place.commands.getLast()).isEqualTo("do --limit=-5");
  }

  @Test
  void values_are_texts_json_or_expressions() {
    assertThat(
            run(
                """
                let a = 2026-11-22
                let b = 1.5
                let c = (1 + 2)
                let d = run.state
                let e = "it is $c \\$c"
                let f = '$c'
                let g = {"n": $c,
                  "t": "$a"}
                let gg = {"a": tasks.load.state, "b": [$c]}
                let h = $c + 1
                let i = out/$a.csv
                let j = $c
                let k = 007
                let l =
                let m = [$c, "x"].size()
                let n = exit_code
                let o = @k7qd tasks.load.state
                let p = "n" + $a
                let
                """))
        .as(err())
        .isZero();
    assertThat(out())
        .isEqualTo(
            """
            a = "2026-11-22"
            b = 1.5
            c = 3
            d = "FAILED"
            e = "it is 3 $c"
            f = "$c"
            g = {"n":3,"t":"2026-11-22"}
            gg = {"a":"FAILED","b":[3]}
            h = 4
            i = "out/2026-11-22.csv"
            j = 3
            k = "007"
            l = ""
            m = 2
            n = 0
            o = "FAILED"
            p = "n2026-11-22"
            """);
  }

  @Test
  void a_secret_is_not_shown() {
    place.redactor.add(java.util.List.of("hunter22"));
    assertThat(run("let a = hunter22\nlet\nexpect $a == \"\"")).isEqualTo(1);
    assertThat(out()).isEqualTo("a = \"***\"\n");
    assertThat(err()).isEqualTo("s.mv:3:1: expect $a == \"\": it is \"***\"\n");
  }

  @Test
  void a_name_that_is_not_set_is_one_line() {
    says("let day = x\n/do $dya", 2, "s.mv:2: there is no variable `$dya`; did you mean `$day`?\n");
    says("/do $b", 2, "s.mv:1: there is no variable `$b`; `let b = VALUE` sets it\n");
    says(
        "let a = x/$b",
        2,
        """
        s.mv:1:11: there is no variable `$b`; `let b = VALUE` sets it
        1 | let a = x/$b
          |           ^
        """);
    assertThat(place.commands).isEmpty();
  }

  @Test
  void names_have_a_form() {
    says(
        "let Day = 1",
        2,
        """
        s.mv:1:5: `Day` can't be the name of a variable; use lower-case letters, digits and _
        1 | let Day = 1
          |     ^
        """);
    says(
        "let exit_code = 1",
        2,
        """
        s.mv:1:5: `exit_code` is what the last statement ended with; choose another
        1 | let exit_code = 1
          |     ^
        """);
    says(
        "let a == 1",
        2,
        """
        s.mv:1:8: `let` sets and does not compare; let NAME = VALUE
        1 | let a == 1
          |        ^
        """);
  }

  @Test
  void sentences_are_left_alone_and_programs_get_variables_in_their_environment() {
    assertThat(run("let a = '; touch canary'\nsteps $a\n!echo \"<$a>\" $exit_code")).isZero();
    assertThat(out()).contains("command: ./$a.sh").endsWith("<; touch canary> 0\n");
    assertThat(root.resolve("canary")).doesNotExist();
  }

  // Expectations.

  @Test
  void what_holds_is_silent_and_what_does_not_says_what_it_saw() {
    assertThat(run("expect run.state == \"FAILED\" && tasks.load.state != \"COMPLETED\"")).isZero();
    assertThat(out() + err()).isEmpty();
    says(
        "# one\n  expect run.state == \"COMPLETED\"",
        1,
        "s.mv:2:3: expect run.state == \"COMPLETED\": it is \"FAILED\"\n");
    says(
        "let n = 2\nexpect $n > 3 || tasks.fetch.state == \"FAILED\"",
        1,
        "s.mv:2:1: expect $n > 3 || tasks.fetch.state == \"FAILED\": $n is 2, tasks.fetch.state is"
            + " \"PENDING\"\n");
    says(
        "expect tasks.load.output.rows > 3",
        1,
        "s.mv:1:1: expect tasks.load.output.rows > 3: cannot read `rows` of null\n");
    says("expect false", 1, "s.mv:1:1: expect false: false is never so\n");
  }

  @Test
  void a_wrong_expression_is_an_error_with_a_caret() {
    says(
        "expect run.state = \"COMPLETED\"",
        2,
        """
        s.mv:1:18: unexpected `=`; == compares
        1 | expect run.state = "COMPLETED"
          |                  ^
        """);
    says(
        "expect tasks.laod.state == \"FAILED\"",
        2,
        """
        s.mv:1:14: unknown task `laod`; did you mean `load`?
        1 | expect tasks.laod.state == "FAILED"
          |              ^
        """);
    says(
        "let rows = 1\nexpect $rows == 1 && $row == 1",
        2,
        """
        s.mv:2:22: there is no variable `$row`; did you mean `$rows`?
        2 | expect $rows == 1 && $row == 1
          |                      ^
        """);
    says(
        "expect rows > 1",
        2,
        """
        s.mv:1:8: unknown name `rows`; there are run, tasks, params and exit_code; a variable is written $rows
        1 | expect rows > 1
          |        ^
        """);
    says(
        "expect run.state",
        2,
        """
        s.mv:1:8: it is "FAILED", which is neither true nor false; compare it, as in x == 1
        1 | expect run.state
          |        ^
        """);
  }

  @Test
  void a_run_that_is_not_there_is_said() {
    says(
        "expect @nope run.state == \"\"",
        2,
        """
        s.mv:1:14: no run `nope`: `run list` names them
        1 | expect @nope run.state == ""
          |              ^
        """);
    place.lastRun = Optional.empty();
    says(
        "expect run.state == \"\"",
        2,
        """
        s.mv:1:8: no run was begun here yet; another one is named first, as in `expect @last`
        1 | expect run.state == ""
          |        ^
        """);
    assertThat(run("expect exit_code == 0\nlet r = k7qd\nexpect @$r run.flow == \"orders\""))
        .isZero();
    assertThat(run("expect tasks.load.state == \"\"")).isEqualTo(2);
  }

  @Test
  void what_is_tried_may_fail_and_leaves_its_exit_code() {
    assertThat(run("try /fail\nexpect exit_code == 4\nexpect exit_code != 0\n/do $exit_code"))
        .isZero();
    assertThat(place.commands).containsExactly("fail", "do 4");
    assertThat(run("/fail\nexpect exit_code == 5", true)).isEqualTo(4);
    assertThat(err()).endsWith("s.mv:2:1: expect exit_code == 5: it is 4\n");
  }

  // Choices.

  @Test
  void the_branch_is_done_whose_condition_holds() {
    String text =
        """
        let n = %s
        if $n > 2
          /do more
          if run.state == "FAILED"
            /do failed
          else
            /do never
          end
        else if $n == 2
          /do two
        else
          /do less
        end
        /do after
        """;
    assertThat(run(text.formatted("3"))).as(err()).isZero();
    assertThat(place.commands).containsExactly("do more", "do failed", "do after");
    place.commands.clear();
    run(text.formatted("2"));
    run(text.formatted("1"));
    assertThat(place.commands).containsExactly("do two", "do after", "do less", "do after");
  }

  @Test
  void a_choice_may_stand_on_one_line() {
    run("if exit_code == 0 then /do \"then else\" else /do no\nif false then /do no");
    run("if exit_code == 1 then /do no else /do yes");
    assertThat(place.commands).containsExactly("do then else", "do yes");
  }

  @Test
  void what_fails_in_a_block_ends_it_at_its_own_line() {
    says(
        "if true\n  /do one\n  /fail\n  /do two\nend\n/do three",
        4,
        "s.mv:3: ended with exit code 4\n");
    assertThat(place.commands).containsExactly("do one", "fail");
    place.commands.clear();
    assertThat(run("if true\n  /fail\n  /do two\nend\n/do three", true)).isEqualTo(4);
    assertThat(place.commands).containsExactly("fail", "do two", "do three");
  }

  @Test
  void a_block_with_a_mistake_does_nothing_of_it() {
    says(
        "/do first\nif true\n  /do one\n  expect run.state = 1\nend",
        2,
        """
        s.mv:4:20: unexpected `=`; == compares
        4 |   expect run.state = 1
          |                    ^
        """);
    says(
        "if true\n  /do one\n  if false\n  end\n",
        2,
        """
        s.mv:1:1: this `if` has no `end`; write `end` in a line of its own
        1 | if true
          | ^
        """);
    says(
        "if true\nelse\nelse\nend",
        2,
        """
        s.mv:3:1: this `if` has its `else` already
        3 | else
          | ^
        """);
    says("end", 2, "s.mv:1:1: `end` ends no `if`\n1 | end\n  | ^\n");
    assertThat(place.commands).containsExactly("do first");
  }

  @Test
  void a_flow_in_a_block_becomes_the_draft() {
    assertThat(
            run(
                """
                if true
                ```yaml
                flow: x
                tasks: [{id: a, type: compute, value: 1}]
                ```
                flow: y
                tasks:
                  - {id: a, type: compute, value: 1}
                end
                run
                """))
        .as(err())
        .isZero();
    assertThat(place.ran.getLast().flow().name()).isEqualTo("y");
    assertThat(run("if true\nflow: x\ntasks: [{id: a, type: nope}]\nend")).isEqualTo(3);
    assertThat(err()).startsWith("s.mv:3:");
  }

  // Aliases.

  @Test
  void an_alias_stands_for_the_beginning_of_a_statement() {
    assertThat(
            run(
                """
                alias l = run list
                alias ll = l
                alias s = /do "a  b" $exit_code
                ll
                /l
                s c
                try l
                alias
                unalias ll
                alias s
                """))
        .as(err())
        .isZero();
    assertThat(place.commands).containsExactly("run list", "run list", "do a  b 0 c", "run list");
    assertThat(out())
        .isEqualTo(
            """
            l = run list
            ll = l
            s = /do "a  b" $exit_code
            s = /do "a  b" $exit_code
            """);
    says("alias run = x", 2, "s.mv:1: `run` is a word of the shell already; choose another one\n");
    says("unalias x", 2, "s.mv:1: there is no alias `x`; `alias` lists them\n");
    assertThat(run("alias a = b\nalias b = a\na")).isEqualTo(3);
  }

  @Test
  void undone_changes_are_done_again_until_something_changes() {
    assertThat(run("steps a\nand b\nundo\nundo\nredo\nredo\nrun")).isZero();
    assertThat(place.ran.getFirst().flow()).isEqualTo(TestPlace.flow("a", "a", "b"));
    says(
        "steps a\nand b\nundo\nand c\nredo",
        2,
        "s.mv:5: there is nothing to redo: `undo` was not the last change\n");
  }

  @Test
  void a_run_in_a_sentence_is_for_a_model_and_alone_it_is_why() {
    assertThat(run("@last")).isZero();
    assertThat(out()).contains("Failed orders", "exit code 1", "orders.csv: no such file");
    says(
        "steps like @last",
        4,
        "s.mv:1: `@last` tells a model about a run, and none is in use; `why last` shows the"
            + " same\n");
    TestAssistant model = new TestAssistant(root);
    place.assistant = Optional.of(model);
    assertThat(run("steps a after @k7qd")).isZero();
    assertThat(model.asked.getLast().own()).isEqualTo("steps a after @k7qd");
    assertThat(model.asked.getLast().content(model.asked.getLast().files().getFirst()))
        .contains("orders.csv: no such file");
    says("steps a after @2222", 3, "s.mv:1: no run `2222`: `run list` names them\n");
  }
}
