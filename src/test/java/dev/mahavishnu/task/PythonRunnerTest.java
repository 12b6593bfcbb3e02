package dev.mahavishnu.task;

import static dev.mahavishnu.task.Processes.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.AttemptContext.Stream;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.Outcome.Failed;
import dev.mahavishnu.engine.Outcome.Succeeded;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PythonRunnerTest {
  @TempDir Path temp;
  private Path folder;
  private final PythonRunner runner = new PythonRunner();

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("flow"));
  }

  private static NamedValue input(String name, String json) {
    return new NamedValue(name, Given.json(json));
  }

  private Outcome script(String script, NamedValue... inputs) {
    return run(runner, Given.python(folder, script, inputs));
  }

  private Given file(String name, String code, NamedValue... inputs) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, code);
    return Given.work(
        folder, new Work.Python(Optional.of(name), Optional.empty(), List.of(inputs)));
  }

  @Test
  void inputsComeAsADictAndResultIsTheOutput() {
    Given given =
        Given.python(
                folder,
                "result = {'sum': sum(inputs['n']), 'who': inputs['who'], 'all': list(inputs)}",
                input("n", "[1, 2.5, 3]"),
                input("who", "\"${{ x }}\""))
            .with("x", Given.json("{\"name\": \"grüß\", \"no\": null}"));

    assertThat(run(runner, given))
        .isEqualTo(
            new Succeeded(
                Given.json(
                    "{\"sum\":6.5,\"who\":{\"name\":\"grüß\",\"no\":null},\"all\":[\"n\",\"who\"]}")));
    assertThat(given.folder()).isEmptyDirectory();
  }

  @Test
  void withoutAResultTheOutputIsNull() {
    assertThat(script("x = 1")).isEqualTo(new Succeeded(Given.json("null")));
    assertThat(script("import sys; result = 5; sys.exit()"))
        .isEqualTo(new Succeeded(Given.json("5")));
  }

  @Test
  void theOutputFileCountsWhereThereIsNoResult() {
    assertThat(script("import os; open(os.environ['MAHAVISHNU_OUTPUT'], 'w').write('[1]')"))
        .isEqualTo(new Succeeded(Given.json("[1]")));
    assertThat(script("import os; open(os.environ['MAHAVISHNU_OUTPUT'], 'w').write('[1')"))
        .isEqualTo(
            Failed.of(
                "result is not JSON at 1:3: Unexpected end-of-input: expected close marker for"
                    + " Array"));
  }

  @Test
  void aFileRunsAsMainAndImportsWhatStandsBesideIt() throws IOException {
    Files.createDirectories(folder.resolve("jobs"));
    Files.writeString(folder.resolve("jobs/helper.py"), "def twice(x): return 2 * x");
    Given given =
        file(
            "jobs/load.py",
            """
            import os, sys, helper
            if __name__ == '__main__':
                result = [helper.twice(inputs['n']), os.path.basename(__file__), len(sys.argv)]
            """,
            input("n", "21"));

    assertThat(run(runner, given)).isEqualTo(new Succeeded(Given.json("[42,\"load.py\",1]")));
  }

  @Test
  void aScriptImportsWhatStandsInTheFlowsFolder() throws IOException {
    Files.writeString(folder.resolve("helper.py"), "name = 'helper'");

    assertThat(script("import helper; result = helper.name"))
        .isEqualTo(new Succeeded(Given.json("\"helper\"")));
  }

  @Test
  void theCodeSeesTheSameGlobalsAsModuleMain() {
    assertThat(
            script(
                """
                import pickle, sys
                class Point:
                    def __init__(self, x): self.x = x
                def f(): return g() + inputs['n']
                def g(): return 1
                result = [f(), pickle.loads(pickle.dumps(Point(7))).x, sys.modules['__main__'].inputs['n']]
                """,
                input("n", "2")))
        .isEqualTo(new Succeeded(Given.json("[3,7,2]")));
  }

  @Test
  void aFailureSaysTheLastLineOfTheTracebackAndWhere() throws IOException {
    Given given = file("load.py", "def f(rows):\n    raise ValueError('no rows')\n\nf([])\n");

    assertThat(run(runner, given)).isEqualTo(Failed.of("ValueError: no rows (load.py:2)"));
    assertThat(given.logged(Stream.STDERR))
        .startsWith(
            "Traceback (most recent call last):",
            "  File \"" + folder.resolve("load.py") + "\", line 4, in <module>",
            "    f([])")
        .endsWith("ValueError: no rows")
        .noneMatch(line -> line.contains("bootstrap"));
  }

  @Test
  void theTracebackOfAScriptShowsItsLines() {
    Given given = Given.python(folder, "x = 1\ny = x / 0\n");

    assertThat(run(runner, given))
        .isEqualTo(Failed.of("ZeroDivisionError: division by zero (load.py:2)"));
    assertThat(given.logged(Stream.STDERR))
        .contains("  File \"load.py\", line 2, in <module>", "    y = x / 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "result = float('nan') | result holds NaN or Infinity, which JSON does not have",
        "result = [1, -1e999] | result holds NaN or Infinity, which JSON does not have",
        "result = {1, 2} | result is not JSON: Object of type set is not JSON serializable",
        "result = []; result.append(result) | result is not JSON: Circular reference detected",
        "import sys; sys.exit(3) | exited with 3",
        "import sys; sys.exit('no input') | exited with no input",
        "import os; os._exit(4) | exited with 4",
        "import os; os.kill(os.getpid(), 6) | ended by signal 6 (SIGABRT)",
        "raise SystemError | SystemError (load.py:1)",
      })
  void whatGoesWrongIsSaid(String script, String message) {
    assertThat(script(script)).isEqualTo(Failed.of(message));
  }

  @Test
  void aSyntaxErrorSaysItsLine() {
    assertThat(script("x = 1\ny = = 2\n"))
        .isEqualTo(Failed.of("SyntaxError: invalid syntax (load.py:2)"));
  }

  @Test
  void linesComeAsTheyArePrintedAndTheResultIsNotAmongThem() {
    Given given =
        Given.python(
            folder, "import sys\nprint('grüß', '漢')\nprint('e', file=sys.stderr)\nresult = 9");

    assertThat(run(runner, given)).isEqualTo(new Succeeded(Given.json("9")));
    assertThat(given.logged(Stream.STDOUT)).containsExactly("grüß 漢");
    assertThat(given.logged(Stream.STDERR)).containsExactly("e");
  }

  @ParameterizedTest
  @MethodSource("dev.mahavishnu.task.HostileValues#all")
  void aHostileValueArrivesAsItIsAndDoesNothing(String value) throws IOException {
    HostileValues.Canary canary = HostileValues.Canary.in(folder);
    Given given =
        Given.python(folder, "result = inputs['x']", input("x", "\"${{ x }}\"")).with("x", value);

    assertThat(run(runner, given))
        .isInstanceOfSatisfying(
            Succeeded.class, done -> assertThat(done.output().stringValue()).isEqualTo(value));
    canary.assertUntouched();
  }

  @Test
  void nulPassesThroughPython() {
    Given given =
        Given.python(folder, "result = len(inputs['x'])", input("x", "\"${{ x }}\""))
            .with("x", "a\0b");

    assertThat(run(runner, given)).isEqualTo(new Succeeded(Given.json("3")));
  }

  @Test
  void aMissingPythonIsNotTriedAgain() {
    Host host = new Host(Map.of("PATH", "/nowhere"));

    assertThat(run(new PythonRunner(host), Given.python(folder, "result = 1")))
        .isEqualTo(new Failed("python3 is not on PATH; install Python 3.6 or newer", false));
  }

  @Test
  void aMissingFileIsNamed() {
    Given given =
        Given.work(folder, new Work.Python(Optional.of("no.py"), Optional.empty(), List.of()));

    assertThat(run(runner, given))
        .isEqualTo(Failed.of("there is no file " + folder.resolve("no.py")));
  }

  @Test
  void aModuleBesideTheTaskNeverReplacesThoseOfTheBootstrap() throws IOException {
    Files.writeString(folder.resolve("json.py"), "raise RuntimeError('mine')");
    Files.writeString(folder.resolve("types.py"), "raise RuntimeError('mine')");

    assertThat(script("result = 1")).isEqualTo(new Succeeded(Given.json("1")));
  }
}
