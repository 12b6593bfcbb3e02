package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program, and the SDK's own client at the other end of its streams. */
final class McpServeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private final List<McpSchema.ProgressNotification> progress = new CopyOnWriteArrayList<>();

  /** A client whose person can't be asked. */
  private McpSyncClient client(McpPlace place, String... arguments) {
    return client(place, spec -> spec, arguments);
  }

  /** A client whose person says the same to every question. */
  private McpSyncClient asked(McpPlace place, ElicitResult.Action answer, String... arguments) {
    return client(
        place,
        spec ->
            spec.capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
                .elicitation(
                    question -> {
                      questions.add(question.message());
                      return ElicitResult.builder(answer).content(Map.of()).build();
                    }),
        arguments);
  }

  private McpSyncClient client(
      McpPlace place, UnaryOperator<McpClient.SyncSpec> more, String... arguments) {
    ServerParameters program =
        ServerParameters.builder(McpPlace.java())
            .args(place.arguments(arguments))
            .env(place.variables())
            .build();
    McpClient.SyncSpec spec =
        McpClient.sync(new StdioClientTransport(program, McpJsonDefaults.getMapper()))
            .requestTimeout(PATIENCE)
            .initializationTimeout(PATIENCE)
            .progressConsumer(progress::add);
    McpSyncClient client = more.apply(spec).build();
    client.initialize();
    return client;
  }

  private static CallToolResult call(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(
        CallToolRequest.builder(tool).arguments(arguments).progressToken("p").build());
  }

  private static String text(CallToolResult result) {
    return result.content().stream()
        .map(c -> ((McpSchema.TextContent) c).text())
        .collect(Collectors.joining());
  }

  private static JsonNode content(CallToolResult result) {
    assertThat(result.isError()).as(text(result)).isFalse();
    return new JsonMapper().valueToTree(result.structuredContent());
  }

  private static String refused(CallToolResult result) {
    assertThat(result.isError()).as(text(result)).isTrue();
    return text(result);
  }

  @Test
  void what_only_reads_needs_nobody() throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO, McpPlace.SLOW);
    try (McpSyncClient client = client(place)) {
      assertThat(client.getServerInfo().name()).isEqualTo("mahavishnu");
      List<McpSchema.Tool> tools = client.listTools().tools();
      assertThat(tools)
          .extracting(McpSchema.Tool::name)
          .contains("list_flows", "plan_flow", "trigger_flow_run", "approve_task_run");
      assertThat(tools)
          .allSatisfy(t -> assertThat(t.description()).isNotBlank())
          .allSatisfy(t -> assertThat(t.outputSchema()).isNotEmpty())
          .filteredOn(t -> t.annotations().readOnlyHint())
          .extracting(McpSchema.Tool::name)
          .containsExactlyInAnyOrder(
              "list_flows",
              "show_flow",
              "graph_flow",
              "flow_schema",
              "validate_flow",
              "plan_flow",
              "list_flow_runs",
              "show_flow_run",
              "read_flow_run_logs",
              "explain_flow_run",
              "where_flow_run",
              "print_in_flow_run",
              "show_task_run_inputs",
              "explain_task_run",
              "diff_flow_runs",
              "watch_flow_run");

      assertThat(
              content(call(client, "list_flows", Map.of()))
                  .path("flows")
                  .findValuesAsString("flow"))
          .containsExactly("hello", "slow");
      CallToolResult shown = call(client, "show_flow", Map.of("flow", "hello"));
      assertThat(text(shown)).isEqualTo(McpPlace.HELLO);
      assertThat(content(shown).at("/spec/parameters/0/default").asString()).isEqualTo("you");
      assertThat(
              content(call(client, "graph_flow", Map.of("flow", "slow")))
                  .path("mermaid")
                  .asString())
          .contains("first", "long", "-->");
      assertThat(content(call(client, "list_flow_runs", Map.of())).path("flow_runs")).isEmpty();
      assertThat(text(call(client, "flow_schema", Map.of()))).contains("\"depends_on\"");
      assertThat(refused(call(client, "show_flow", Map.of("flow", "helo"))))
          .contains("no flow `helo`", "`hello`");
      assertThat(refused(call(client, "show_flow", Map.of("flow", "../../../etc/passwd"))))
          .contains("no flow");
      assertThat(refused(call(client, "show_flow_run", Map.of("run", "@/etc/passwd"))))
          .contains("no run `@/etc/passwd`");
      assertThat(refused(call(client, "list_flow_runs", Map.of("limit", 100_000))))
          .contains("limit");
      assertThat(refused(call(client, "show_flow", Map.of("flow", "hello", "file", "/etc/passwd"))))
          .contains("file");
    }
    assertThat(place.states()).isEmpty();
  }

  @Test
  void a_spec_is_checked_with_the_place_of_each_problem_and_a_sentence_is_a_proposal()
      throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO);
    Files.writeString(folder.resolve("a.sh"), "echo a\n");
    try (McpSyncClient client = client(place)) {
      String bad =
          "flow: bad\ntasks:\n  - {id: a, type: shel, command: ls}\n  - {id: b, type: compute,"
              + " value: 1, depends_on: [c]}\n";
      CallToolResult checked = call(client, "validate_flow", Map.of("spec", bad));
      assertThat(content(checked).path("valid").asBoolean()).isFalse();
      assertThat(content(checked).path("problems").findValuesAsString("line")).contains("3", "4");
      assertThat(text(checked)).contains("spec:3:", "unknown type `shel`", "did you mean `shell`?");
      assertThat(content(call(client, "validate_flow", Map.of("flow", "hello"))).path("valid"))
          .hasToString("true");
      assertThat(refused(call(client, "validate_flow", Map.of()))).contains("flow", "spec");

      CallToolResult planned =
          call(
              client,
              "plan_flow",
              Map.of("sentence", "every day at 06:00 run ./a.sh then run ./b.sh"));
      JsonNode proposal = content(planned);
      assertThat(proposal.path("outcome").asString()).isEqualTo("proposed");
      assertThat(proposal.path("new").asBoolean()).isTrue();
      assertThat(proposal.path("difference").asString()).contains("+ ", "./a.sh");
      assertThat(proposal.path("notes").toString()).contains("b.sh");
      assertThat(text(planned)).contains("Nothing is saved or run");
      String yaml = proposal.path("yaml").asString();
      assertThat(content(call(client, "validate_flow", Map.of("spec", yaml))).path("valid"))
          .hasToString("true");

      JsonNode changed =
          content(
              call(
                  client,
                  "plan_flow",
                  Map.of("sentence", "retry each step 3 times", "flow", "hello")));
      assertThat(changed.path("difference").asString()).contains("retries").doesNotContain("flow:");
      assertThat(refused(call(client, "plan_flow", Map.of("sentence", "the whales are singing"))))
          .contains("not understood");
    }
    assertThat(folder.resolve("flows")).isDirectoryNotContaining("glob:**a*.yaml");
  }

  @Test
  void nothing_runs_or_changes_where_nobody_said_yes_and_the_refusal_says_how_it_can()
      throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO);
    try (McpSyncClient client = client(place, "--allow", "save,cancel")) {
      assertThat(refused(call(client, "trigger_flow_run", Map.of("flow", "hello"))))
          .contains("not allowed", "`mahavishnu mcp serve --allow trigger`", "(or `--yes`)");
      assertThat(refused(call(client, "trigger_flow_run", Map.of("flow", "helo"))))
          .contains("no flow `helo`");
    }
    try (McpSyncClient client = asked(place, ElicitResult.Action.DECLINE)) {
      assertThat(refused(call(client, "trigger_flow_run", Map.of("flow", "hello"))))
          .contains("said no");
      assertThat(
              refused(
                  call(client, "save_flow", Map.of("spec", McpPlace.HELLO.replace("you", "me")))))
          .contains("said no");
      assertThat(questions).hasSize(2);
    }
    assertThat(place.states()).isEmpty();
    assertThat(folder.resolve("flows/hello.yaml")).hasContent(McpPlace.HELLO);
  }

  @Test
  void a_run_is_debugged_after_a_yes_and_no_approval_is_answered_by_that() throws IOException {
    McpPlace place =
        McpPlace.in(
            folder,
            McpPlace.HELLO,
            """
            flow: asks
            tasks:
              - {id: make, type: compute, value: 1}
              - {id: ask, type: approval, message: "go?", depends_on: [make]}
              - {id: use, type: compute, value: "${{ tasks.make.output + 1 }}", depends_on: [ask]}
            """);
    try (McpSyncClient client = client(place)) {
      assertThat(refused(call(client, "debug_flow", Map.of("flow", "asks"))))
          .contains("--allow debug");
    }
    try (McpSyncClient client = asked(place, ElicitResult.Action.ACCEPT)) {
      JsonNode stands = content(call(client, "debug_flow", Map.of("flow", "asks")));
      String run = stands.path("run").asString();
      assertThat(stands.at("/stands/task").asString()).isEqualTo("make");
      assertThat(questions.getLast()).contains("a new one").contains("asks");
      call(client, "break_flow_run", Map.of("run", run, "breakpoint", "make:after"));
      call(client, "continue_flow_run", Map.of("run", run));
      call(
          client,
          "set_task_run_output",
          Map.of("run", run, "task", "tasks.make.output", "value", "41", "why", "better"));
      assertThat(
              refused(
                  call(
                      client,
                      "mark_task_run",
                      Map.of("run", run, "task", "ask", "state", "COMPLETED"))))
          .contains("approve_task_run");
      assertThat(
              content(call(client, "continue_flow_run", Map.of("run", run)))
                  .path("waiting_for")
                  .toString())
          .contains("ask");
      call(client, "approve_task_run", Map.of("run", run));
      assertThat(
              content(
                      call(
                          client,
                          "print_in_flow_run",
                          Map.of("run", run, "expression", "tasks.use.output")))
                  .path("value")
                  .asInt())
          .isEqualTo(42);
    }
  }

  @Test
  void a_person_who_is_asked_sees_what_would_run_and_their_yes_runs_it() throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO);
    try (McpSyncClient client = asked(place, ElicitResult.Action.ACCEPT)) {
      JsonNode run =
          content(
              call(
                  client,
                  "trigger_flow_run",
                  Map.of("flow", "hello", "parameters", Map.of("name", "@Ada"))));

      assertThat(questions).hasSize(1);
      assertThat(questions.getFirst()).startsWith("Run flow `hello`?").contains("@Ada", "greet");
      assertThat(run.path("state").asString()).isEqualTo("COMPLETED");
      assertThat(run.at("/outputs/said").asString()).isEqualTo("Hello, @Ada");
      assertThat(progress).isNotEmpty();
      assertThat(progress.getLast().progressToken()).isEqualTo("p");

      String id = run.path("run").asString();
      assertThat(content(call(client, "show_flow_run", Map.of("run", id))).at("/task_runs/0/task"))
          .hasToString("\"greet\"");
      assertThat(text(call(client, "read_flow_run_logs", Map.of("run", "last"))))
          .contains("greet | Hello, @Ada");
      assertThat(
              refused(
                  call(
                      client,
                      "trigger_flow_run",
                      Map.of("flow", "hello", "parameters", Map.of("nam", "x")))))
          .contains("nam");
      assertThat(questions).as("nobody is asked for what can't be").hasSize(1);
    }
    assertThat(place.states()).containsExactly("COMPLETED");
  }

  @Test
  void a_task_that_waits_for_a_person_is_answered_by_nothing_that_stands_for_everything()
      throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.ASKS);
    try (McpSyncClient client = client(place, "--yes")) {
      JsonNode run = content(call(client, "trigger_flow_run", Map.of("flow", "asks")));
      assertThat(run.path("state").asString()).isEqualTo("PAUSED");
      assertThat(run.path("waiting_for").toString()).isEqualTo("[\"ask\"]");
      assertThat(refused(call(client, "approve_task_run", Map.of("run", "last"))))
          .contains("--allow approve")
          .doesNotContain("--yes");
      assertThat(refused(call(client, "deny_task_run", Map.of("run", "last"))))
          .contains("--allow deny");
      call(client, "resume_flow_run", Map.of("run", "last", "wait_seconds", 1));
    }
    assertThat(place.states()).containsExactly("PAUSED");
    assertThat(folder.resolve("flows/deployed")).doesNotExist();

    try (McpSyncClient client = asked(place, ElicitResult.Action.ACCEPT, "--yes")) {
      JsonNode run =
          content(call(client, "approve_task_run", Map.of("run", "last", "note", "fine")));
      assertThat(questions).hasSize(1);
      assertThat(questions.getFirst())
          .contains("Approve task `ask` of run", "`asks`", "Deploy to production?");
      assertThat(run.path("state").asString()).isEqualTo("COMPLETED");
      assertThat(refused(call(client, "approve_task_run", Map.of("run", "last"))))
          .contains("waits for nobody");
    }
    assertThat(folder.resolve("flows/deployed")).hasContent("deployed");
  }

  @Test
  void a_failure_is_explained_the_repair_is_saved_and_the_run_goes_on() throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.FAILS);
    try (McpSyncClient client = client(place, "--yes")) {
      JsonNode failed = content(call(client, "trigger_flow_run", Map.of("flow", "fails")));
      assertThat(failed.path("state").asString()).isEqualTo("FAILED");
      assertThat(failed.path("next").asString()).contains("explain_flow_run");

      CallToolResult why = call(client, "explain_flow_run", Map.of("run", "last"));
      assertThat(text(why)).contains("bad", "the disk is full", "exit 3");
      JsonNode failure = content(why).at("/failures/0");
      assertThat(failure.path("exit").asInt()).isEqualTo(3);
      assertThat(failure.path("log").toString()).contains("the disk is full");
      assertThat(content(why).at("/not_run/0/task").asString()).isEqualTo("next");

      JsonNode saved =
          content(
              call(
                  client,
                  "save_flow",
                  Map.of("spec", McpPlace.FAILS.replace("; exit 3", "; echo fine"))));
      assertThat(saved.path("file").asString()).isEqualTo("flows/fails.yaml");
      assertThat(saved.path("difference").asString()).contains("- ", "exit 3", "+ ", "echo fine");
      assertThat(refused(call(client, "save_flow", Map.of("spec", "flow: x\ntasks: 5\n"))))
          .contains("spec:2:");
      assertThat(
              content(call(client, "trigger_flow_run", Map.of("flow", "fails")))
                  .path("state")
                  .asString())
          .isEqualTo("COMPLETED");
      assertThat(
              content(call(client, "retry_flow_run", Map.of("run", "last", "from", "bad")))
                  .path("state")
                  .asString())
          .isEqualTo("COMPLETED");
    }
    assertThat(place.states()).containsExactly("COMPLETED", "COMPLETED", "FAILED");
  }

  @Test
  void a_run_outlives_the_wait_for_it_and_can_be_watched_and_cancelled() throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.SLOW);
    try (McpSyncClient client = client(place, "--allow", "trigger,cancel")) {
      JsonNode begun =
          content(call(client, "trigger_flow_run", Map.of("flow", "slow", "wait_seconds", 0)));
      String run = begun.path("run").asString();
      assertThat(begun.path("next").asString()).contains("watch_flow_run");
      await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("flows/pid")));
      assertThat(text(call(client, "cancel_flow_run", Map.of("run", run))))
          .contains("is Cancelled");
      assertThat(
              content(call(client, "watch_flow_run", Map.of("run", run))).path("state").asString())
          .isEqualTo("CANCELLED");
      assertThat(refused(call(client, "cancel_flow_run", Map.of("run", run)))).contains(run);
    }
  }

  @Test
  void a_run_can_be_paused_and_goes_on_from_there() throws IOException {
    McpPlace place =
        McpPlace.in(
            folder,
            "flow: ticks\nparameters: [{name: n, type: \"list<integer>\"}]\ntasks:\n"
                + "  - {id: tick, type: shell, map: \"${{ params.n }}\", concurrency: 1, command:"
                + " 'test -f enough || sleep 0.2; echo ${{ item }} >> ticks'}\n");
    List<Integer> numbers = IntStream.range(0, 40).boxed().toList();
    try (McpSyncClient client = client(place, "--allow", "trigger,pause,resume")) {
      String run =
          content(
                  call(
                      client,
                      "trigger_flow_run",
                      Map.of(
                          "flow", "ticks", "parameters", Map.of("n", numbers), "wait_seconds", 0)))
              .path("run")
              .asString();
      await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("flows/ticks")));
      assertThat(
              content(call(client, "pause_flow_run", Map.of("run", run)))
                  .path("message")
                  .asString())
          .contains(run + " is Paused");
      Files.createFile(folder.resolve("flows/enough"));
      assertThat(
              content(call(client, "resume_flow_run", Map.of("run", run))).path("state").asString())
          .isEqualTo("COMPLETED");
      assertThat(Files.readAllLines(folder.resolve("flows/ticks"))).hasSize(40);
    }
  }

  @Test
  void flows_runs_and_logs_can_be_read_as_resources() throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO);
    new CommandLineOf(folder).run("workflow", "trigger", "--name", "hello");
    try (McpSyncClient client = client(place)) {
      List<String> uris =
          client.listResources().resources().stream().map(McpSchema.Resource::uri).toList();
      assertThat(uris).hasSize(3).contains("mahavishnu://flows/hello");
      assertThat(client.listResourceTemplates().resourceTemplates())
          .extracting(McpSchema.ResourceTemplate::uriTemplate)
          .containsExactlyInAnyOrder(
              "mahavishnu://flows/{flow}",
              "mahavishnu://runs/{run}",
              "mahavishnu://runs/{run}/logs");
      assertThat(read(client, "mahavishnu://flows/hello")).isEqualTo(McpPlace.HELLO);
      assertThat(read(client, "mahavishnu://runs/last")).contains("\"state\":\"COMPLETED\"");
      assertThat(read(client, "mahavishnu://runs/last/logs")).isEqualTo("greet | Hello, you");

      Files.copy(folder.resolve("flows/hello.yaml"), folder.resolve("x.yaml"));
      Files.writeString(
          folder.resolve("flows/new.yaml"), McpPlace.HELLO.replace("flow: hello", "flow: new"));
      assertThat(client.listResources().resources()).hasSize(4);
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> read(client, "mahavishnu://flows/..%2Fx.yaml")))
          .hasMessageContaining("not found");
    }
  }

  private static String read(McpSyncClient client, String uri) {
    McpSchema.ReadResourceResult result =
        client.readResource(McpSchema.ReadResourceRequest.builder(uri).build());
    return ((McpSchema.TextResourceContents) result.contents().getFirst()).text();
  }

  @Test
  void a_run_can_be_looked_into_as_in_the_debugger() throws IOException {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO);
    CommandLineOf commands = new CommandLineOf(folder);
    commands.run("workflow", "trigger", "--name", "hello");
    commands.run("workflow", "trigger", "--name", "hello", "--param", "name=Ada");
    try (McpSyncClient client = client(place)) {
      assertThat(content(call(client, "where_flow_run", Map.of("run", "last"))).path("type"))
          .hasToString("\"where\"");
      assertThat(
              content(
                      call(
                          client,
                          "print_in_flow_run",
                          Map.of("run", "last", "expression", "params.name + \"!\"")))
                  .path("value")
                  .asString())
          .isEqualTo("Ada!");
      assertThat(
              content(call(client, "show_task_run_inputs", Map.of("run", "last", "task", "greet")))
                  .toString())
          .contains("Ada");
      assertThat(
              content(call(client, "explain_task_run", Map.of("run", "last", "task", "greet")))
                  .path("verdict")
                  .asString())
          .isEqualTo("ran");
      List<String> runs =
          content(call(client, "list_flow_runs", Map.of()))
              .path("flow_runs")
              .findValuesAsString("run");
      assertThat(
              text(
                  call(
                      client,
                      "diff_flow_runs",
                      Map.of("run", runs.getLast(), "other", runs.getFirst()))))
          .contains("Ada", runs.getLast(), runs.getFirst());
      assertThat(refused(call(client, "explain_task_run", Map.of("run", "last", "task", "gret"))))
          .contains("no task `gret`", "`greet`");
    }
  }

  @Test
  void logs_come_in_pages_that_together_are_all_of_it() throws IOException {
    McpPlace place =
        McpPlace.in(
            folder,
            "flow: counts\ntasks:\n  - {id: a, type: shell, command: 'seq 1 500'}\n"
                + "  - {id: b, type: shell, command: 'seq 501 520', depends_on: [a]}\n");
    new CommandLineOf(folder).run("workflow", "trigger", "--name", "counts");
    try (McpSyncClient client = client(place)) {
      StringBuilder all = new StringBuilder();
      String cursor = "";
      boolean more = true;
      int pages = 0;
      while (more) {
        JsonNode page =
            content(
                call(
                    client,
                    "read_flow_run_logs",
                    Map.of("run", "last", "limit", 300, "cursor", cursor)));
        page.path("lines").forEach(l -> all.append(l.path("text").asString()).append(' '));
        cursor = page.path("next_cursor").asString();
        more = page.path("more").asBoolean();
        pages++;
      }
      assertThat(pages).isEqualTo(2);
      assertThat(all.toString().strip().split(" ")).hasSize(520).startsWith("1").endsWith("520");
      assertThat(
              text(
                  call(
                      client,
                      "read_flow_run_logs",
                      Map.of("run", "last", "limit", 2, "tail", true, "task", "a"))))
          .isEqualTo("a | 499\na | 500");
      assertThat(
              refused(call(client, "read_flow_run_logs", Map.of("run", "last", "cursor", "two"))))
          .contains("no cursor `two`");
    }
  }

  @Test
  void a_secret_is_in_nothing_that_a_client_gets() throws IOException {
    McpPlace place =
        McpPlace.in(
            folder,
            "flow: leaks\n# tango-foxtrot-9\nsecrets: [TOKEN]\ntasks:\n"
                + "  - {id: a, type: shell, env: [{name: T, value: \"${{ secrets.TOKEN }}\"}],"
                + " command: 'echo $T; echo tango-foxtrot-9'}\n"
                + "outputs:\n  - {name: said, value: \"${{ tasks.a.output }}\"}\n");
    Files.createDirectories(folder.resolve(".mahavishnu/secrets"));
    Path secret = folder.resolve(".mahavishnu/secrets/TOKEN");
    Files.writeString(secret, "tango-foxtrot-9");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    try (McpSyncClient client = asked(place, ElicitResult.Action.ACCEPT)) {
      CallToolResult run = call(client, "trigger_flow_run", Map.of("flow", "leaks"));
      assertThat(content(run).path("state").asString()).isEqualTo("COMPLETED");
      assertThat(
              run
                  + text(call(client, "show_flow", Map.of("flow", "leaks")))
                  + call(client, "show_flow_run", Map.of("run", "last"))
                  + call(client, "read_flow_run_logs", Map.of("run", "last"))
                  + call(client, "explain_flow_run", Map.of("run", "last"))
                  + call(client, "show_flow", Map.of("flow", "tango-foxtrot-9"))
                  + read(client, "mahavishnu://flows/leaks")
                  + read(client, "mahavishnu://runs/last")
                  + read(client, "mahavishnu://runs/last/logs")
                  + questions)
          .contains("***")
          .doesNotContain("tango");
    }
    assertThat(Files.readString(folder.resolve(".mahavishnu/log/mahavishnu.log")))
        .doesNotContain("tango");
  }
}
