package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DispatchTest {
  private final Dispatch dispatch = new Dispatch(new FewCommands());

  private static Saying order(String... words) {
    return new Saying.Order(List.of(words));
  }

  private static Saying verb(Verb verb, String... rest) {
    return new Saying.Draft(verb, List.of(rest), false);
  }

  private static Saying sentence(String text) {
    return new Saying.Sentence(text, "");
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        // A slash is a command, whatever follows.
        Arguments.of("/run list", order("run", "list")),
        Arguments.of("/frobnicate now", order("frobnicate", "now")),
        Arguments.of("/run show 'a b'", order("run", "show", "a b")),
        Arguments.of("/help", verb(Verb.HELP)),
        Arguments.of("/help run list", verb(Verb.HELP, "run", "list")),
        Arguments.of("/exit", verb(Verb.EXIT)),
        Arguments.of("/run", verb(Verb.RUN)),
        // Of a verb with words that it does not take, the verb is what is known.
        Arguments.of(
            "/model no such",
            new Saying.Wrong("`model` takes no `no such`: " + Verb.MODEL.description())),
        Arguments.of(
            "/undo it", new Saying.Wrong("`undo` takes no `it`: " + Verb.UNDO.description())),
        Arguments.of("/run frobnicate", order("run", "frobnicate")),
        Arguments.of("/", new Saying.Wrong("say which command: `/help` lists them")),
        Arguments.of("/run show 'a", new Saying.Wrong("a quote or a bracket is not closed")),
        // A path is none.
        Arguments.of("/usr/bin/env then ./b.sh", sentence("/usr/bin/env then ./b.sh")),
        // The system's shell.
        Arguments.of("!ls -l | wc", new Saying.Outside("ls -l | wc")),
        Arguments.of("! ls", new Saying.Outside("ls")),
        Arguments.of("!", new Saying.Wrong("say what the system's shell should do: `!ls`")),
        // A draft verb only when it stands alone.
        Arguments.of("run", verb(Verb.RUN)),
        Arguments.of("run &", new Saying.Draft(Verb.RUN, List.of(), true)),
        Arguments.of("run --param day=2026-01-02", verb(Verb.RUN, "--param", "day=2026-01-02")),
        Arguments.of("run --param=n=1 &", new Saying.Draft(Verb.RUN, List.of("--param=n=1"), true)),
        Arguments.of("run --param", sentence("run --param")),
        Arguments.of("jobs", verb(Verb.JOBS)),
        Arguments.of("jobs --output json", verb(Verb.JOBS, "--output", "json")),
        Arguments.of("jobs of yesterday", sentence("jobs of yesterday")),
        Arguments.of("fg %2", verb(Verb.FG, "%2")),
        Arguments.of("bg k7qd", verb(Verb.BG, "k7qd")),
        Arguments.of("watch the folder", sentence("watch the folder")),
        Arguments.of("/watch abcd", verb(Verb.WATCH, "abcd")),
        Arguments.of("wait 1 last", verb(Verb.WAIT, "1", "last")),
        Arguments.of("wait for approval", sentence("wait for approval")),
        Arguments.of("save", verb(Verb.SAVE)),
        Arguments.of("save my_flow", verb(Verb.SAVE, "my_flow")),
        Arguments.of("save the whales", sentence("save the whales")),
        Arguments.of("undo", verb(Verb.UNDO)),
        Arguments.of("undo the last change", sentence("undo the last change")),
        Arguments.of("save &", sentence("save &")),
        Arguments.of("&", sentence("&")),
        Arguments.of("show me", sentence("show me")),
        Arguments.of("help", verb(Verb.HELP)),
        Arguments.of("help me to run ./a.sh", sentence("help me to run ./a.sh")),
        Arguments.of("help run show", verb(Verb.HELP, "run", "show")),
        Arguments.of("\"run\"", sentence("\"run\"")),
        // A bare line is a command only if it is one from end to end.
        Arguments.of("run list", order("run", "list")),
        Arguments.of("run list --limit 3", order("run", "list", "--limit", "3")),
        Arguments.of("run ./a.sh then ./b.sh", sentence("run ./a.sh then ./b.sh")),
        Arguments.of(
            "run list of things",
            new Saying.Sentence("run list of things", "unknown argument `of`")),
        Arguments.of("run lst", new Saying.Sentence("run lst", "did you mean `run list`?")),
        Arguments.of(
            "workflow trigger --name etl &",
            order("workflow", "trigger", "--name", "etl", "--no-wait")),
        Arguments.of("run ./a.sh &", sentence("run ./a.sh &")),
        // What a script says, and the sentences that begin so.
        Arguments.of("if load fails run ./x.sh", sentence("if load fails run ./x.sh")),
        Arguments.of("let me know", sentence("let me know")),
        Arguments.of("expect the file there", sentence("expect the file there")),
        Arguments.of("try again to load", sentence("try again to load")),
        Arguments.of("alias the step as x", sentence("alias the step as x")),
        Arguments.of("else run ./x.sh", sentence("else run ./x.sh")),
        Arguments.of("end of the line", sentence("end of the line")),
        Arguments.of("letter = x", sentence("letter = x")),
        Arguments.of(
            "expect run.state",
            new Saying.Script(
                new ScriptLine.Expect(new Condition(Optional.empty(), "run.state", 7)))),
        Arguments.of("/let a=  b c", new Saying.Script(new ScriptLine.Let("a", "b c", 9))),
        Arguments.of("unalias x", new Saying.Script(new ScriptLine.Unalias("x"))),
        Arguments.of("don't retry", sentence("don't retry")),
        Arguments.of("run \"./a.sh", sentence("run \"./a.sh")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void a_line_is_a_command_a_verb_or_a_sentence(String line, Saying expected) {
    assertThat(dispatch.of(new Statement(1, line, Statement.Form.LINE))).isEqualTo(expected);
  }

  @Test
  void a_flow_is_one_even_where_it_looks_like_a_command() {
    assertThat(dispatch.of(new Statement(1, "flow: run", Statement.Form.SPEC)))
        .isEqualTo(new Saying.Spec("flow: run"));
  }
}
