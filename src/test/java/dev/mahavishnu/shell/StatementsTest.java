package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StatementsTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("\n  \n# only a comment\n  # and one more\n", List.of()),
        Arguments.of("run ./a.sh\nrun\n", List.of("1 LINE run ./a.sh", "2 LINE run")),
        Arguments.of("run ./a.sh; rm -rf x", List.of("1 LINE run ./a.sh; rm -rf x")),
        Arguments.of("run ./a.sh # no comment", List.of("1 LINE run ./a.sh # no comment")),
        Arguments.of("\ufeffrun\r\nsave\r\n", List.of("1 LINE run", "2 LINE save")),
        Arguments.of("# c\n\n  run ./a.sh  \n", List.of("3 LINE run ./a.sh")),
        Arguments.of(
            "run ./a.sh \\\n then ./b.sh\nrun",
            List.of("1 LINE run ./a.sh  then ./b.sh", "3 LINE run")),
        Arguments.of("run ./a.sh \\", List.of("1 LINE run ./a.sh \\")),
        Arguments.of("one \\\\\ntwo", List.of("1 LINE one \\\\", "2 LINE two")),
        Arguments.of(
            "run \"echo a\necho b\"\nrun", List.of("1 LINE run \"echo a\necho b\"", "3 LINE run")),
        Arguments.of(
            "run \"echo \\\"\nb\"\nrun", List.of("1 LINE run \"echo \\\"\nb\"", "3 LINE run")),
        Arguments.of("run 'a\nb'", List.of("1 LINE run 'a\nb'")),
        Arguments.of(
            "don't retry extract\nrun", List.of("1 LINE don't retry extract", "2 LINE run")),
        Arguments.of("a 5\" disk\nrun", List.of("1 LINE a 5\" disk", "2 LINE run")),
        Arguments.of("run \"open\nrun", List.of("1 LINE run \"open\nrun")),
        Arguments.of(
            "run '''\necho 'a\n''' as x\nrun",
            List.of("1 LINE run '''\necho 'a\n''' as x", "4 LINE run")),
        Arguments.of(
            "'''\nrun ./a.sh\nthen ./b.sh\n'''\nrun",
            List.of("1 LINE run ./a.sh\nthen ./b.sh", "5 LINE run")),
        Arguments.of(
            "'''\nflow: x\ntasks: []\n'''\nrun",
            List.of("1 SPEC \nflow: x\ntasks: []\n", "5 LINE run")),
        Arguments.of(
            "flow: x\ntasks:\n  - id: a\n\n  - id: b\n# c\nrun\n",
            List.of("1 SPEC flow: x\ntasks:\n  - id: a\n\n  - id: b\n# c", "7 LINE run")),
        Arguments.of(
            "flow: x\ntasks:\n- id: a\n...\nflow: y\n",
            List.of("1 SPEC flow: x\ntasks:\n- id: a", "5 SPEC flow: y")),
        Arguments.of(
            "```yaml\nflow: x\n\nrun: 1\n```\nrun",
            List.of("1 SPEC \nflow: x\n\nrun: 1", "6 LINE run")),
        Arguments.of("```\nrun ./a.sh\n```", List.of("1 LINE run ./a.sh")),
        Arguments.of("---\nflow: x\nrun", List.of("1 SPEC ---\nflow: x", "3 LINE run")),
        Arguments.of("flow:x y", List.of("1 LINE flow:x y")),
        Arguments.of("flow control is hard", List.of("1 LINE flow control is hard")),
        Arguments.of(
            "{\"flow\": \"x\",\n \"tasks\": [\"}\"]\n}\nrun",
            List.of("1 SPEC {\"flow\": \"x\",\n \"tasks\": [\"}\"]\n}", "4 LINE run")),
        Arguments.of("{\"flow\": 1}", List.of("1 SPEC {\"flow\": 1}")),
        Arguments.of("{\"flow\": ", List.of("1 SPEC {\"flow\":")),
        Arguments.of(
            "/workflow trigger --param k={\"a\":\n 1}\nrun",
            List.of("1 LINE /workflow trigger --param k={\"a\":\n 1}", "3 LINE run")),
        Arguments.of("!echo 'a\nb'\nrun", List.of("1 LINE !echo 'a\nb'", "3 LINE run")),
        Arguments.of(
            "# c\nif $a\n  run\n  # c\nend\nrun",
            List.of("2 BLOCK if $a\n  run\n  # c\nend", "6 LINE run")),
        Arguments.of(
            "if $a\n  if $b\n  end\nelse if $c\nelse\nend\nrun",
            List.of("1 BLOCK if $a\n  if $b\n  end\nelse if $c\nelse\nend", "7 LINE run")),
        Arguments.of(
            "if $a\nflow: x\ntasks: []\nend\nrun",
            List.of("1 BLOCK if $a\nflow: x\ntasks: []\nend", "5 LINE run")),
        Arguments.of("if $a then run\nrun", List.of("1 LINE if $a then run", "2 LINE run")),
        Arguments.of("if $a\nrun", List.of("1 BLOCK if $a\nrun")),
        Arguments.of(
            "if load fails run ./x\nrun", List.of("1 LINE if load fails run ./x", "2 LINE run")),
        Arguments.of(
            "let x = {\"a\":\n 1}\nrun", List.of("1 LINE let x = {\"a\":\n 1}", "3 LINE run")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void a_text_is_cut_into_statements_with_their_lines(String text, List<String> expected) {
    List<String> found = new ArrayList<>();
    Statements statements = Statements.of(text);
    for (Optional<Statement> s = statements.next(); s.isPresent(); s = statements.next()) {
      found.add(s.get().line() + " " + s.get().form() + " " + s.get().text());
    }
    assertThat(found).isEqualTo(expected);
  }

  static Stream<Arguments> begun() {
    return Stream.of(
        Arguments.of("run", Gathering.Open.NOTHING),
        Arguments.of("", Gathering.Open.NOTHING),
        Arguments.of("# c", Gathering.Open.NOTHING),
        Arguments.of("run \\", Gathering.Open.JOINED),
        Arguments.of("run \"a", Gathering.Open.QUOTE),
        Arguments.of("run \"a\n b\"", Gathering.Open.NOTHING),
        Arguments.of("{\"flow\":", Gathering.Open.JSON),
        Arguments.of("{\"flow\": 1}", Gathering.Open.NOTHING),
        Arguments.of("/x --p k={", Gathering.Open.JSON),
        Arguments.of("flow: x", Gathering.Open.YAML),
        Arguments.of("flow: x\ntasks:\n\n  - id: a", Gathering.Open.YAML),
        Arguments.of("flow: x\ntasks:\n  - id: a\n", Gathering.Open.NOTHING),
        Arguments.of("flow: x\n...", Gathering.Open.NOTHING),
        Arguments.of("flow: x\nrun", Gathering.Open.NOTHING),
        Arguments.of("run\nrun \"a", Gathering.Open.QUOTE),
        Arguments.of("if $a", Gathering.Open.BLOCK),
        Arguments.of("if $a\nif $b\nend", Gathering.Open.BLOCK),
        Arguments.of("if $a\nflow: x\n", Gathering.Open.BLOCK),
        Arguments.of("if $a\nrun \"x", Gathering.Open.QUOTE),
        Arguments.of("if $a\nrun\nend", Gathering.Open.NOTHING),
        Arguments.of("if $a then run", Gathering.Open.NOTHING),
        Arguments.of("let x = [1,", Gathering.Open.JSON),
        Arguments.of("end", Gathering.Open.NOTHING));
  }

  @ParameterizedTest
  @MethodSource("begun")
  void the_prompt_knows_whether_more_must_come(String text, Gathering.Open expected) {
    assertThat(Statements.open(text)).isEqualTo(expected);
  }

  @Test
  void a_line_is_taken_before_the_next_one_is_read() {
    Iterator<String> once =
        new Iterator<>() {
          private boolean given;

          @Override
          public boolean hasNext() {
            if (given) {
              throw new NoSuchElementException("asked for a line that nobody has written yet");
            }
            return true;
          }

          @Override
          public String next() {
            given = true;
            return "run list";
          }
        };
    assertThat(new Statements(once).next())
        .contains(new Statement(1, "run list", Statement.Form.LINE));
  }
}
