package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the tests have of Prefect: a server that dies, and Python flows. */
final class OwnPrefectTest {
  @Test
  void a_server_that_is_killed_and_started_again_keeps_its_url_and_what_it_knew()
      throws IOException {
    try (OwnPrefect own = RealPrefect.own();
        PrefectClient client = own.server().client()) {
      Flows.Flow flow = client.flows().ensure("before", List.of(), Map.of());
      own.kill();

      assertThatThrownBy(
              () ->
                  new Socket(InetAddress.getLoopbackAddress(), own.server().apiUrl().getPort())
                      .close())
          .isInstanceOf(ConnectException.class);
      own.start();
      assertThat(client.flows().find("before"))
          .get()
          .extracting(Flows.Flow::id)
          .isEqualTo(flow.id());
    }
  }

  @Test
  void a_python_flow_is_served_and_does_what_its_parameters_say() throws IOException {
    String name = "python-" + UUID.randomUUID();
    RealPrefect server = RealPrefect.open();
    try (ServedFlow served = ServedFlow.served(server, name, "served");
        PrefectClient client = server.client()) {
      assertThat(ends(client, served, "{\"numbers\": [4], \"nap\": 0}"))
          .isEqualTo(StateType.COMPLETED);
      assertThat(ends(client, served, "{\"fail\": true, \"nap\": 0}")).isEqualTo(StateType.FAILED);
    }
  }

  @Test
  void a_python_flow_is_run_by_the_process_worker() throws IOException {
    String name = "python-" + UUID.randomUUID();
    RealPrefect server = RealPrefect.open();
    try (ServedFlow served = ServedFlow.onProcessWorker(server, name, "worked", "pool-" + name);
        PrefectClient client = server.client()) {
      assertThat(ends(client, served, "{\"nap\": 0}")).isEqualTo(StateType.COMPLETED);
    }
  }

  private static StateType ends(PrefectClient client, ServedFlow served, String parameters) {
    UUID run =
        client
            .deployments()
            .run(
                served.id(),
                Deployments.RunDraft.now().parameters(new JsonMapper().readTree(parameters)))
            .id();
    return Awaitility.await(served.fullName())
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                client
                    .flowRuns()
                    .find(run)
                    .orElseThrow()
                    .state()
                    .flatMap(ServerState::known)
                    .orElseThrow(),
            StateType::isFinal);
  }
}
