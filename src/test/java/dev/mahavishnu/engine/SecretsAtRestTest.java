package dev.mahavishnu.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.task.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a run leaves on disk tells nobody the secrets that went through it. */
class SecretsAtRestTest {
  private static final String SECRET = "hunter2-Hunter3-qx9";
  private static final String UNDECLARED = "Zq81-undeclared-55k";

  @TempDir Path folder;
  private final Map<String, FlowSource> flows = new HashMap<>();
  private Store store;
  private Engine engine;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC());
    engine =
        new Engine(
            store,
            new Expressions(),
            new Secrets(Map.of("TOKEN", SECRET, "OTHER_PASSWORD", UNDECLARED), folder),
            ServiceLoader.load(TaskRunner.class).stream().map(ServiceLoader.Provider::get).toList(),
            new EngineLimits(8, Map.of(), Duration.ofMillis(300), Duration.ofSeconds(5)),
            Clock.systemUTC(),
            new SplittableRandom(),
            name -> Optional.ofNullable(flows.get(name)),
            Orphans::end);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private FlowSource source(String spec) {
    return switch (new FlowReader(new Expressions()).read("test.yaml", spec, folder)) {
      case ReadResult.Valid valid -> valid.source();
      case ReadResult.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  private RunHandle submit(String spec) {
    return engine.submit(
        new Submission(
            source(spec), JsonNodeFactory.instance.objectNode(), Optional.empty(), "test"));
  }

  private String message(RunHandle run, String task) {
    RunFold fold = store.history().fold(run.run()).orElseThrow();
    return fold.root().task(task).orElseThrow().state().message();
  }

  private void nothingTellsTheSecret() throws IOException {
    List<String> forms =
        List.of(
            SECRET,
            Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)).substring(0, 24),
            HexFormat.of().formatHex(SECRET.getBytes(UTF_8)),
            new StringBuilder(SECRET).reverse().toString());
    try (Stream<Path> files = Files.walk(store.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, ISO_8859_1);
        for (String form : forms) {
          assertThat(bytes).as(file.toString()).doesNotContain(form);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "when: '${{ tasks.s.output.k }}', value: 1 | `when` is not true or false but \"***\"",
        "map: '${{ tasks.s.output.k }}', value: 1 | `map` is not a list but \"***\"",
        "map: ['${{ secrets.TOKEN }}'], value: '${{ item }}' | ",
        "value: {'${{ secrets.TOKEN }}': 1} | ",
      })
  void evaluatedFieldsDoNotTellIt(String fields, String message) throws Exception {
    RunHandle run =
        submit(
            "flow: x\nsecrets: [TOKEN]\ntasks:\n"
                + "  - {id: s, type: compute, value: {k: '${{ secrets.TOKEN }}'}}\n"
                + "  - {id: a, type: compute, "
                + fields
                + "}\n");
    run.await();

    if (message != null) {
      assertThat(message(run, "a")).isEqualTo(message);
    }
    nothingTellsTheSecret();
  }

  @Test
  void outputsInOtherFormsAreEncryptedAndHandedOnIntact() throws Exception {
    RunHandle run =
        submit(
            """
            flow: x
            secrets: [TOKEN]
            tasks:
              - {id: coded, type: shell, command: 'printf %s "${{ secrets.TOKEN }}" | base64'}
              - {id: hex, type: shell, command: 'printf %s "${{ secrets.TOKEN }}" | od -An -tx1 | tr -d "\\n "'}
              - {id: back, type: shell, command: 'printf %s "${{ secrets.TOKEN }}" | rev'}
              - {id: same, type: shell, command: 'test "$(printf %s "${{ tasks.coded.output }}" | base64 -d)" = "${{ secrets.TOKEN }}"'}
            """);

    assertThat(run.await().name()).isEqualTo("Completed");
    nothingTellsTheSecret();
  }

  @Test
  void aPythonTasksInputsAreGoneWithTheTask() throws Exception {
    RunHandle run =
        submit(
            """
            flow: x
            secrets: [TOKEN]
            tasks:
              - {id: a, type: python, inputs: [{name: key, value: '${{ secrets.TOKEN }}'}], script: 'print(key); raise ValueError(key)'}
            """);

    assertThat(run.await().name()).isEqualTo("Failed");
    nothingTellsTheSecret();
  }

  @Test
  void aQuestionDoesNotTellIt() throws Exception {
    RunHandle run =
        submit(
            """
            flow: x
            secrets: [TOKEN]
            tasks: [{id: a, type: approval, message: 'use ${{ secrets.TOKEN }}?', expires: 1s}]
            """);
    run.await();

    nothingTellsTheSecret();
  }

  @Test
  void itIsNoParameterOfASubflow() throws Exception {
    flows.put(
        "child",
        source(
            "flow: child\n"
                + "parameters: [{name: key, type: string}]\n"
                + "tasks: [{id: a, type: compute, value: 1}]"));
    RunHandle run =
        submit(
            """
            flow: x
            secrets: [TOKEN]
            tasks:
              - {id: a, type: flow, flow: child, parameters: [{name: key, value: '${{ secrets.TOKEN }}'}]}
            """);

    State state = run.await();
    assertThat(state.name()).isEqualTo("Failed");
    assertThat(message(run, "a")).contains("parameter `key` of flow `child` would hold a secret");
    nothingTellsTheSecret();
  }

  @Test
  void itIsNotInAFlowMadeAtRunTime() throws Exception {
    RunHandle run =
        submit(
            """
            flow: x
            secrets: [TOKEN]
            tasks:
              - {id: s, type: compute, value: {flow: made, tasks: [{id: b, type: compute, value: '${{ secrets.TOKEN }}'}]}}
              - {id: a, type: flow, spec: '${{ tasks.s.output }}'}
            """);

    run.await();
    assertThat(message(run, "a")).contains("would hold a secret");
    nothingTellsTheSecret();
  }

  @Test
  void whatTheEnvironmentHoldsIsTakenOutThoughNoFlowDeclaresIt() throws Exception {
    RunHandle run =
        submit(
            "flow: x\ntasks: [{id: a, type: shell, command: 'echo got %s'}]".formatted(UNDECLARED));

    run.await();
    assertThat(store.history().logs(run.run(), 0).lines().getFirst().text()).isEqualTo("got ***");
  }
}
