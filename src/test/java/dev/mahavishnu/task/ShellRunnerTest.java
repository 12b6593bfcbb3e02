package dev.mahavishnu.task;

import static dev.mahavishnu.task.Processes.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.AttemptContext.Stream;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.Outcome.Failed;
import dev.mahavishnu.engine.Outcome.Succeeded;
import dev.mahavishnu.spec.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class ShellRunnerTest {
  @TempDir Path temp;
  private Path folder;
  private final ShellRunner runner = new ShellRunner();

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("flow"));
  }

  private static Outcome succeeded(String json) {
    return new Succeeded(Given.json(json));
  }

  private Outcome shell(String command) {
    return run(runner, Given.shell(folder, command));
  }

  @Test
  void theOutputIsTheLastLineThatIsNotBlank() {
    assertThat(shell("echo one; echo 'two  '; echo; echo '  '")).isEqualTo(succeeded("\"two  \""));
    assertThat(shell("true")).isEqualTo(succeeded("null"));
    assertThat(shell("printf 'no line end'")).isEqualTo(succeeded("\"no line end\""));
    assertThat(shell("printf 'dos\\r\\n'")).isEqualTo(succeeded("\"dos\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"rows\": 5}|{\"rows\":5}",
        "[1, 2]|[1,2]",
        "007|\"007\"",
        "true|\"true\"",
        "{not json}|\"{not json}\"",
        "[2026-11-23] done|\"[2026-11-23] done\"",
      })
  void aLastLineThatIsAnObjectOrAListIsJsonAndAllElseIsText(String line, String json) {
    assertThat(run(runner, Given.argv(folder, "printf", "%s", line))).isEqualTo(succeeded(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INTEGER | 42 | 42",
        "NUMBER | 1.5e3 | 1500.0",
        "BOOLEAN | true | true",
        "INTEGER | 007 | \"007\"",
        "INTEGER | many | \"many\"",
        "STRING | 42 | \"42\"",
        "STRING | [1] | \"[1]\"",
        "DATE | 2026-11-23 | \"2026-11-23\"",
      })
  void theDeclaredTypeSaysHowTheLastLineIsRead(ValueType.Scalar type, String line, String json) {
    assertThat(run(runner, Given.argv(folder, "echo", line).declared(type)))
        .isEqualTo(succeeded(json));
  }

  @Test
  void theOutputFileWinsOverTheLastLine() {
    assertThat(shell("echo '{\"n\": [1, 2]}' > \"$MAHAVISHNU_OUTPUT\"; echo said"))
        .isEqualTo(succeeded("{\"n\":[1,2]}"));
  }

  @Test
  void halfAJsonFailsWithLineAndColumn() {
    assertThat(shell("printf '{\"a\": 1,\\n \"b\": [1, 2' > \"$MAHAVISHNU_OUTPUT\""))
        .isEqualTo(
            Failed.of(
                "$MAHAVISHNU_OUTPUT is not JSON at 2:12:"
                    + " Unexpected end-of-input: expected close marker for Array"));
    assertThat(shell(": > \"$MAHAVISHNU_OUTPUT\""))
        .isEqualTo(Failed.of("$MAHAVISHNU_OUTPUT is empty, not JSON"));
    assertThat(shell("echo '1 2' > \"$MAHAVISHNU_OUTPUT\""))
        .extracting(o -> ((Failed) o).message())
        .asString()
        .startsWith("$MAHAVISHNU_OUTPUT is not JSON at 1:");
    assertThat(shell("mkfifo \"$MAHAVISHNU_OUTPUT\""))
        .isEqualTo(Failed.of("$MAHAVISHNU_OUTPUT is not a regular file"));
  }

  @Test
  void anOutputFileThatIsTooLargeIsRefused() {
    assertThat(shell("head -c 16777217 /dev/zero > \"$MAHAVISHNU_OUTPUT\""))
        .isEqualTo(
            Failed.of("$MAHAVISHNU_OUTPUT is larger than 16 MiB; output the name of a file"));
  }

  @Test
  void aFailureSaysTheStatusAndTheLastLineOfStandardError() {
    assertThat(shell("echo first >&2; echo 'no such table' >&2; echo out; exit 3"))
        .isEqualTo(Failed.of("exited with 3: no such table"));
    assertThat(shell("exit 4")).isEqualTo(Failed.of("exited with 4"));
  }

  @Test
  void theFirstCommandThatFailsEndsTheScript() {
    Given given = Given.shell(folder, "echo before; false; echo after");

    assertThat(run(runner, given)).isEqualTo(Failed.of("exited with 1"));
    assertThat(given.logged(Stream.STDOUT)).containsExactly("before");
  }

  @Test
  void deathByASignalIsNamed() {
    assertThat(shell("kill -SEGV $$")).isEqualTo(Failed.of("ended by signal 11 (SIGSEGV)"));
    assertThat(run(runner, Given.argv(folder, "sh", "-c", "kill -9 $$")))
        .isEqualTo(
            Failed.of("ended by signal 9 (SIGKILL; the machine may have run out of memory)"));
  }

  @Test
  void aCommandThatIsNotFoundOrNotExecutableIsSaidSo() throws IOException {
    Files.writeString(folder.resolve("data"), "x");

    assertThat(shell("no-such-command"))
        .extracting(o -> ((Failed) o).message())
        .asString()
        .matches("exited with 127 \\(command not found\\): .*no-such-command.*not found");
    assertThat(run(runner, Given.argv(folder, "no-such-program", "x")))
        .extracting(o -> ((Failed) o).message())
        .asString()
        .matches("exited with 127 \\(command not found\\): .*no-such-program.*not found");
    assertThat(run(runner, Given.argv(folder, "./data")))
        .extracting(o -> ((Failed) o).message())
        .asString()
        .matches("exited with 126 \\(not executable\\): .*data.*[Pp]ermission denied");
  }

  @Test
  void theEnvironmentHoldsTheTasksVariablesAndOursAndNoSecretOfOurs() {
    Host host =
        new Host(
            Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", "/home/me",
                "MAHAVISHNU_SECRET_TOKEN", "hush",
                "MV_1", "of an outer task"));
    Given given =
        Given.argv(folder, "env").variable("GREETING", "grüß 'dich'\nzwei").variable("HOME", "/h");

    run(new ShellRunner(host), given);

    assertThat(given.logged(Stream.STDOUT))
        .contains(
            "GREETING=grüß 'dich'",
            "zwei",
            "HOME=/h",
            "MAHAVISHNU_RUN=261123-213045-k7qd",
            "MAHAVISHNU_TASK=load[3]",
            "MAHAVISHNU_ATTEMPT=" + given.mark(),
            "MAHAVISHNU_IDEMPOTENCY_KEY=key-of-load-3")
        .noneMatch(line -> line.contains("hush") || line.startsWith("MV_"))
        .noneMatch(line -> line.startsWith("mahavishnu_launch"));
  }

  @Test
  void ourVariablesCanNotBeReplacedAndNamesMustBeNames() {
    assertThat(run(runner, Given.shell(folder, "true").variable("MAHAVISHNU_RUN", "x")))
        .isEqualTo(new Failed("env MAHAVISHNU_RUN is set by Mahavishnu itself", false));
    assertThat(run(runner, Given.shell(folder, "true").variable("a;touch C", "x")))
        .isEqualTo(new Failed("not a name of a variable: `a;touch C`", false));
  }

  @ParameterizedTest
  @MethodSource("dev.mahavishnu.task.HostileValues#all")
  void aHostileValueArrivesAsItIsAndDoesNothing(String value) throws IOException {
    HostileValues.Canary canary = HostileValues.Canary.in(folder);
    byte[] bytes = value.getBytes(UTF_8);
    Path got = folder.resolve("got");

    Given bare = Given.shell(folder, "printf %s ${{ x }} > got").with("x", value);
    assertThat(run(runner, bare)).isInstanceOf(Succeeded.class);
    assertThat(got).hasBinaryContent(bytes);

    Given quoted = Given.shell(folder, "printf %s \"<${{ x }}>\" > got").with("x", value);
    assertThat(run(runner, quoted)).isInstanceOf(Succeeded.class);
    assertThat(got).hasBinaryContent(("<" + value + ">").getBytes(UTF_8));

    Given argv =
        Given.argv(folder, "sh", "-c", "printf %s \"$1\" > got", "sh", "${{ x }}").with("x", value);
    Given variable = Given.shell(folder, "printf %s \"$V\" > got").variable("V", value);
    if (bytes.length <= Launch.LONGEST_VALUE) {
      assertThat(run(runner, argv)).isInstanceOf(Succeeded.class);
      assertThat(got).hasBinaryContent(bytes);
      assertThat(run(runner, variable)).isInstanceOf(Succeeded.class);
      assertThat(got).hasBinaryContent(bytes);
    } else {
      assertThat(run(runner, argv))
          .isEqualTo(
              new Failed(
                  "argument 4 is 1024 KiB long, at most 100 KiB can be passed; put it into a file",
                  false));
      assertThat(run(runner, variable))
          .isEqualTo(
              new Failed(
                  "variable V is 1024 KiB long, at most 100 KiB can be passed; put it into a file",
                  false));
    }
    canary.assertUntouched();
    assertThat(bare.folder()).isEmptyDirectory();
  }

  @Test
  void nulAndHalfCharactersAreRefusedByName() {
    assertThat(run(runner, Given.shell(folder, "echo ${{ x }}").with("x", "a\0b")))
        .isEqualTo(
            new Failed(
                "the value of `x` holds a NUL character, which no program can be passed", false));
    assertThat(run(runner, Given.argv(folder, "echo", "${{ x }}").with("x", "a\0b")))
        .isEqualTo(
            new Failed("argument 1 holds a NUL character, which no program can be passed", false));
    assertThat(run(runner, Given.argv(folder, "echo", "${{ x }}").with("x", "a\ud800b")))
        .isEqualTo(new Failed("argument 1 holds half a character (a lone surrogate)", false));
  }

  @Test
  void aProgramThatIsPassedALongValueFailsAndSaysWhereItIs() {
    String value = "x".repeat(1024 * 1024);
    Given given = Given.shell(folder, "env echo ${{ big }} > got").with("big", value);

    assertThat(run(runner, given))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.message())
                    .containsIgnoringCase("argument list too long")
                    .endsWith(
                        "; a value over 100 KiB can't be an argument,"
                            + " read it from its file: $MV_1_FILE for `big`"));
    assertThat(
            run(
                runner,
                Given.shell(folder, ": ${{ big }}; wc -c < \"$MV_1_FILE\"").with("big", value)))
        .isInstanceOfSatisfying(
            Succeeded.class,
            done -> assertThat(done.output().stringValue().strip()).isEqualTo("1048576"));
  }

  @Test
  void manyValuesThatAreTooMuchTogetherGoByFilesToo() {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      values.append("${{ v").append(i).append(" }}");
    }
    Given given = Given.shell(folder, "printf %s \"" + values + "\" | wc -c");
    for (int i = 0; i < 30; i++) {
      given.with("v" + i, "y".repeat(90 * 1024));
    }

    assertThat(run(runner, given))
        .isInstanceOfSatisfying(
            Succeeded.class,
            done ->
                assertThat(done.output().stringValue().strip())
                    .isEqualTo(String.valueOf(30 * 90 * 1024)));
  }

  @Test
  void numbersListsAndNothingArriveAsJsonWritesThem() {
    Given given =
        Given.shell(folder, "printf '%s|' ${{ a }} ${{ b }} ${{ c }} ${{ d }} ${{ e }}")
            .with("a", Given.json("1.50"))
            .with("b", Given.json("true"))
            .with("c", Given.json("[1, \"x y\"]"))
            .with("d", Given.json("{\"k\": null}"))
            .with("e", JsonNodeFactory.instance.nullNode());

    assertThat(run(runner, given))
        .isEqualTo(succeeded("\"1.5|true|[1,\\\"x y\\\"]|{\\\"k\\\":null}||\""));
  }

  @Test
  void standardInputIsEmpty() {
    assertThat(shell("cat; echo end")).isEqualTo(succeeded("\"end\""));
  }

  @Test
  void whatIsNotUtf8IsShownReplacedAndControlSequencesAreLeft() {
    Given given = Given.shell(folder, "printf 'a\\377b\\n\\033[31mred\\n'");

    run(runner, given);

    assertThat(given.logged(Stream.STDOUT)).containsExactly("a\ufffdb", "\u001b[31mred");
  }

  @Test
  void aLongLineIsCutInTheLogAndWholeInTheOutput() {
    Given given =
        Given.shell(folder, "head -c 100000 /dev/zero | tr '\\0' a; printf ' tail-of-line'");

    Outcome outcome = run(runner, given);

    assertThat(((Succeeded) outcome).output().stringValue()).hasSize(100_013);
    assertThat(given.logged(Stream.STDOUT)).containsExactly("a".repeat(65536) + "… (34477 more)");
  }

  @Test
  void aLastLineOfMoreThanAMebibyteFailsAndSaysWhatToDo() {
    assertThat(shell("head -c 2000000 /dev/zero | tr '\\0' a"))
        .isEqualTo(
            Failed.of(
                "the last line of standard output is longer than 1 MiB; write the output as JSON"
                    + " to $MAHAVISHNU_OUTPUT, or end with a short line"));
  }
}
