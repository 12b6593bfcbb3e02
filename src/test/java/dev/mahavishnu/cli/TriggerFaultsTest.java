package dev.mahavishnu.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.Flows;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.WorkPools;
import dev.mahavishnu.run.StateType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Why a deployment is not run, each in one line; a real server, with faults before it. */
final class TriggerFaultsTest {
  private static PrefectClient client;
  private static Flows.Flow flow;
  private static WireMockServer proxy;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeAll
  static void connect() {
    client = RealPrefect.open().client();
    flow = client.flows().ensure("faults-" + UUID.randomUUID(), List.of(), Map.of());
    proxy = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    proxy.start();
  }

  @AfterAll
  static void close() {
    if (client != null) {
      client.close();
      proxy.stop();
    }
  }

  @BeforeEach
  void commands() {
    commands =
        new CommandLineOf(folder)
            .with("PREFECT_API_URL", RealPrefect.open().apiUrl().toString())
            .with("MAHAVISHNU_PREFECT__TIMEOUT", "2m");
    proxy.resetAll();
    String server = RealPrefect.open().apiUrl().toString().replace("/api", "");
    proxy.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().proxiedFrom(server)));
  }

  /** The same server, through something that can fail. */
  private CommandLineOf throughProxy() {
    return commands.with("PREFECT_API_URL", "http://127.0.0.1:" + proxy.port() + "/api");
  }

  private static Deployments.Deployment deployment(String name, DeploymentDraft.Change change) {
    return client.deployments().put(DeploymentDraft.of(flow.id(), name).with(change));
  }

  private static String unique(String stem) {
    return stem + "-" + UUID.randomUUID();
  }

  private CommandLineOf.Result trigger(CommandLineOf with, String name, String... words) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of("workflow", "trigger", "--adapter", "prefect", "--name", name));
    all.addAll(List.of(words));
    return with.run(all.toArray(String[]::new));
  }

  private static long runsOf(Deployments.Deployment deployment) {
    return client.flowRuns().count(Filter.ALL.deploymentIds(deployment.id()));
  }

  @Test
  void a_deployment_that_is_paused_is_not_run() {
    String name = unique("d");
    Deployments.Deployment made = deployment(name, DeploymentDraft.Change.NOTHING);
    client.deployments().pause(made.id());

    CommandLineOf.Result result = trigger(commands, name);

    assertThat(result.err())
        .isEqualTo(
            "mahavishnu: deployment "
                + flow.name()
                + "/"
                + name
                + " is paused; go on with: deployment resume "
                + flow.name()
                + "/"
                + name
                + "; no run was made\n");
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(runsOf(made)).isZero();
  }

  @Test
  void a_deployment_whose_pool_is_paused_is_not_run() {
    String pool = unique("pool");
    client.workPools().create(pool, "mahavishnu", WorkPools.Change.NOTHING.paused(true));
    String name = unique("d");
    Deployments.Deployment made = deployment(name, DeploymentDraft.Change.NOTHING.workPool(pool));

    CommandLineOf.Result result = trigger(commands, name);

    assertThat(result.err())
        .contains("work pool " + pool, "is paused; go on with: workpool resume " + pool)
        .hasLineCount(1);
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(runsOf(made)).isZero();
  }

  @Test
  void a_run_that_nobody_is_there_for_is_made_and_said_to_wait() {
    String pool = unique("pool");
    client.workPools().create(pool, "mahavishnu", WorkPools.Change.NOTHING);
    String name = unique("d");
    Deployments.Deployment made = deployment(name, DeploymentDraft.Change.NOTHING.workPool(pool));

    CommandLineOf.Result result = trigger(commands, flow.name() + "/" + name, "--no-wait");

    assertThat(result.out())
        .contains("no worker of work pool " + pool + " is online: the run waits for one");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(runsOf(made)).isEqualTo(1);
  }

  @Test
  void a_name_that_two_flows_have_deployments_of_is_asked_back() {
    String name = unique("d");
    Deployments.Deployment _ = deployment(name, DeploymentDraft.Change.NOTHING);
    Flows.Flow other = client.flows().ensure(unique("other"), List.of(), Map.of());
    Deployments.Deployment _ = client.deployments().put(DeploymentDraft.of(other.id(), name));

    CommandLineOf.Result result = trigger(commands, name);

    assertThat(result.err())
        .contains(
            "is more than one deployment", flow.name() + "/" + name, other.name() + "/" + name)
        .hasLineCount(1);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void what_only_the_server_finds_wrong_with_a_parameter_is_told_in_its_words() {
    String name = unique("d");
    String schema =
        """
        {"type": "object", "properties": {"day": {"type": "string", "pattern": "^[a-z]+day$"}}}
        """;
    Deployments.Deployment made =
        deployment(
            name,
            DeploymentDraft.Change.NOTHING.parameterSchema(new JsonMapper().readTree(schema)));

    CommandLineOf.Result result = trigger(commands, name, "--param", "day=noon");

    assertThat(result.err())
        .startsWith("mahavishnu: " + flow.name() + "/" + name + ": ")
        .contains("noon")
        .hasLineCount(1);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(runsOf(made)).isZero();
  }

  @Test
  void a_server_that_fails_at_the_trigger_is_tried_again_and_then_told() {
    String name = unique("d");
    Deployments.Deployment made = deployment(name, DeploymentDraft.Change.NOTHING);
    proxy.stubFor(
        post(urlMatching("/api/deployments/.*/create_flow_run"))
            .willReturn(
                aResponse()
                    .withStatus(503)
                    .withBody("{\"exception_message\": \"Service Unavailable\"}")));

    CommandLineOf.Result result =
        trigger(throughProxy().with("MAHAVISHNU_PREFECT__MAX_RETRIES", "2"), name);

    assertThat(result.err())
        .contains("http://127.0.0.1:", "did not start " + flow.name() + "/" + name, "503")
        .hasLineCount(1);
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    proxy.verify(3, postRequestedFor(urlMatching("/api/deployments/.*/create_flow_run")));
    assertThat(runsOf(made)).isZero();
  }

  @Test
  void a_wrong_url_and_a_wrong_key_are_one_line_each() {
    CommandLineOf.Result gone =
        trigger(commands.with("PREFECT_API_URL", "http://127.0.0.1:9/api"), "x/y");
    CommandLineOf.Result noApi =
        trigger(
            commands.with(
                "PREFECT_API_URL", RealPrefect.open().apiUrl().toString().replace("/api", "/apy")),
            "x/y");
    ResponseDefinitionBuilder shut =
        aResponse().withStatus(401).withBody("{\"exception_message\": \"Unauthorized\"}");
    proxy.stubFor(any(urlMatching("/api/admin/.*")).willReturn(shut));
    CommandLineOf.Result wrong =
        trigger(throughProxy().with("PREFECT_API_KEY", "pnu_wrong"), "x/y");

    assertThat(gone.err())
        .isEqualTo(
            "mahavishnu: no Prefect server at http://127.0.0.1:9/api: connection refused"
                + " (127.0.0.1:9); start it, or check prefect.api_url\n");
    assertThat(noApi.err()).contains("no Prefect API at").hasLineCount(1);
    assertThat(wrong.err())
        .contains("it does not let us in (401", "prefect.api_key")
        .doesNotContain("pnu_wrong")
        .hasLineCount(1);
    assertThat(List.of(gone.code(), noApi.code(), wrong.code())).containsOnly(ExitCode.UNREACHABLE);
  }

  @Test
  void a_server_that_streams_nothing_is_asked_again_and_again() {
    FlowRuns.FlowRun run =
        client.flowRuns().create(FlowRuns.Draft.of(flow.id()).name(unique("polled")));
    client.flowRuns().setState(run.id(), StateChange.to(StateType.RUNNING));
    proxy.stubFor(
        any(urlMatching("/api/(events|logs)/out")).willReturn(aResponse().withStatus(404)));
    CommandLineOf slow = throughProxy();
    Thread mover =
        Thread.ofVirtual()
            .start(
                () -> {
                  org.awaitility.Awaitility.await()
                      .atMost(java.time.Duration.ofSeconds(60))
                      .until(() -> proxy.getAllServeEvents().size() > 12);
                  client.flowRuns().setState(run.id(), StateChange.to(StateType.CRASHED));
                });

    CommandLineOf.Result result = slow.run("run", "watch", "--server", run.id().toString());

    assertThat(mover.isAlive()).isFalse();
    assertThat(result.out()).contains("run running", "run crashed", "see why: ");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }
}
