package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.StateType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A real server that wants an auth string and a CSRF token. */
final class GuardedServerTest {
  private static PrefectClient client(Optional<String> authString) {
    return new PrefectClient(
        PrefectSettings.resolve(
            PrefectSettings.Configured.NOTHING.withApiUrl(
                new Known<>(RealPrefect.guarded().apiUrl().toString(), "test")),
            name -> name.equals("PREFECT_API_AUTH_STRING") ? authString : Optional.empty(),
            Path.of("/nonexistent")));
  }

  @Test
  void reads_and_changes_go_through_with_the_auth_string() {
    try (PrefectClient client = client(Optional.of(RealPrefect.AUTH_STRING))) {
      assertThat(client.server().version()).contains("3.8.8");
      Flows.Flow flow = client.flows().ensure("flow-" + UUID.randomUUID(), List.of(), Map.of());
      UUID run = client.flowRuns().create(FlowRuns.Draft.of(flow.id())).id();
      assertThat(client.flowRuns().setState(run, StateChange.to(StateType.RUNNING)).isAccepted())
          .isTrue();
      client.flowRuns().update(run, FlowRuns.Update.NOTHING.name("n"));
      assertThat(client.flowRuns().delete(run)).isTrue();
    }
  }

  @Test
  void threads_that_need_a_token_at_the_same_time_share_one() throws Exception {
    try (PrefectClient client = client(Optional.of(RealPrefect.AUTH_STRING));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Flows.Flow>> made =
          IntStream.range(0, 8)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () ->
                              client
                                  .flows()
                                  .ensure("flow-" + UUID.randomUUID(), List.of(), Map.of())))
              .toList();
      for (Future<Flows.Flow> flow : made) {
        assertThat(flow.get().id()).isNotNull();
      }
    }
  }

  @Test
  void without_the_auth_string_or_with_a_wrong_one_the_message_says_what_to_check() {
    String wrong = "admin:wrong-and-secret";
    for (Optional<String> auth : List.of(Optional.<String>empty(), Optional.of(wrong))) {
      try (PrefectClient client = client(auth)) {
        assertThat(client.server().isHealthy()).as("health needs no credential").isTrue();
        assertThatThrownBy(() -> client.server().version())
            .isInstanceOfSatisfying(
                PrefectException.class,
                e -> {
                  assertThat(e.fault().orElseThrow()).isInstanceOf(Fault.Unauthorized.class);
                  assertThat(e)
                      .hasMessageContaining("GET /admin/version")
                      .hasMessageContaining("401")
                      .hasMessageContaining("prefect.api_key or prefect.auth_string")
                      .hasMessageNotContaining("wrong-and-secret");
                });
      }
    }
  }
}
