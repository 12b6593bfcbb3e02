package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionScriptTest {
  @TempDir Path root;
  private TestPlace place = new TestPlace(Path.of("/"));
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void enter() {
    place = new TestPlace(root);
    place.assistant = Optional.of(new TestAssistant(root));
  }

  private int run(String text) {
    Script script = new Script("s.mv", text.lines().iterator(), true, true, Script.Streams.NONE);
    return script.run(
        place,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static final String SESSION =
      """
      alias s = /do
      let n = 2
      steps a
      steps b
      undo
      redo
      s "$n"
      /fail
      never mind
      model small
      expect exit_code == 7
      if $n == 2
        /do ok
      end
      flow: pasted
      tasks: [{id: x, type: compute, value: 1}]
      run
      """;

  @Test
  void a_session_is_a_script_that_does_the_same_again() throws IOException {
    run(SESSION);
    assertThat(run("transcript export last again.mv")).isZero();
    assertThat(root.resolve("again.mv"))
        .content()
        .isEqualTo(
            """
            # Session %s, begun 2026-03-04 05:06
            # Replay it: mahavishnu -f THIS_FILE --yes
            alias s = /do
            let n = 2
            # steps a
            ```yaml
            flow: a
            tasks:
              - id: a
                type: shell
                command: ./a.sh
            ```
            # steps b
            ```yaml
            flow: b
            tasks:
              - id: b
                type: shell
                command: ./b.sh
            ```
            undo
            redo
            /do "$n"
            try /fail
            # changed no draft:
            # never mind
            # left out, since a replay asks no model:
            # model small
            # ended with exit code 1:
            # expect exit_code == 7
            if $n == 2
              /do ok
            end
            # flow: pasted
            # tasks: [{id: x, type: compute, value: 1}]
            ```yaml
            flow: pasted
            tasks:
              - id: x
                type: compute
                value: 1
            ```
            run
            """
                .formatted(Transcript.all(root).getFirst().id()));

    List<String> before = List.copyOf(place.commands);
    assertThat(before).containsExactly("do 2", "fail", "do ok");
    place.commands.clear();
    place.assistant = Optional.empty();
    err.reset();
    assertThat(run(Files.readString(root.resolve("again.mv")))).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(place.commands).isEqualTo(before);
    assertThat(place.ran).hasSize(2);
    assertThat(place.ran.getLast().flow()).isEqualTo(place.ran.getFirst().flow());
  }

  @Test
  void a_session_is_a_page() {
    run("steps a\n/fail ```");
    assertThat(run("transcript export last page.md\ntranscript export --markdown last -")).isZero();
    assertThat(root.resolve("page.md"))
        .content()
        .startsWith(
            "# Session "
                + Transcript.all(root).getFirst().id()
                + "\n\n"
                + "Begun 2026-03-04 05:06 (Z).\n\n"
                + "## 05:06:07\n\n"
                + "```text\n"
                + "steps a\n"
                + "```\n\n"
                + "```text\n")
        .contains("+ flow: a")
        .endsWith("## 05:06:07\n\n````text\n/fail ```\n````\n\n*ended with exit code 4*\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("````text\n/fail ```\n````\n");
  }

  @Test
  void a_file_is_not_overwritten_unseen() throws IOException {
    run("steps a");
    Files.writeString(root.resolve("x.md"), "mine");
    assertThat(run("transcript export last x.md")).isEqualTo(5);
    assertThat(root.resolve("x.md")).hasContent("mine");
    assertThat(run("transcript export last no/x.md")).isEqualTo(2);
    assertThat(run("transcript export last x.txt")).isEqualTo(2);
    assertThat(run("transcript export 260101-000000-aaaa x.mv")).isEqualTo(2);
    assertThat(run("transcript export x.mv")).isEqualTo(2);
    assertThat(run("transcript export")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "s.mv:1: x.md is there already, and is left as it is\n",
            "s.mv:1: no/x.md can't be written: there is no such folder\n",
            "s.mv:1: say where: `transcript export FILE.md` for people",
            "s.mv:1: there is no session 260101-000000-aaaa; `transcript list` names them\n",
            "s.mv:1: nothing was kept of this session yet; `transcript list` names others\n");
  }

  @Test
  void what_was_hidden_or_brought_in_is_told() {
    Transcript session = Transcript.begun(root, place.clock().instant(), 7);
    String draft = DraftText.of(new Draft(TestPlace.flow("a", "a"), root, Optional.empty())).text();
    place.redactor.add(List.of("hunter22"));
    add(session, "@flows/a.yaml", Optional.of("x"), Optional.of(draft));
    add(session, "@last", Optional.of("x"), Optional.empty());
    add(session, "use hunter22", Optional.of("x"), Optional.of(draft + "# hunter22\n"));
    add(session, "/do 'a\n  b'", Optional.empty(), Optional.empty());
    assertThat(
            new SessionScript(new Dispatch(place.commands()))
                .lines(session, place.clock().getZone()))
        .endsWith(
            "@flows/a.yaml",
            "@last",
            "# left out, since its draft held a secret:",
            "# use ***",
            "/do 'a",
            "  b'");
  }

  private void add(Transcript session, String said, Optional<String> turn, Optional<String> draft) {
    session.add(
        new Exchange(
            place.clock().instant(), said, List.of(), 0, turn, Optional.empty(), Usage.NONE, draft),
        place.redactor());
  }
}
