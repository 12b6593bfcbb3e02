package dev.mahavishnu.cli;

import dev.mahavishnu.cli.Doctor.Finding;
import dev.mahavishnu.prefect.EventFilter;
import dev.mahavishnu.prefect.EventSender;
import dev.mahavishnu.prefect.Following;
import dev.mahavishnu.prefect.Known;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.prefect.ServerInfo;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether the Prefect server that is configured can be used, and what it lacks. */
final class ServerCheck {
  /** A check is no place to wait in for as long as for an answer. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** What times of two machines may differ by without harm. */
  private static final Duration SAME_TIME = Duration.ofSeconds(5);

  private final Workbench bench;

  ServerCheck(Workbench bench) {
    this.bench = bench;
  }

  List<Finding> findings() {
    PrefectInForce prefect = bench.prefect();
    if (!bench.configuration().prefect().enabled()) {
      return List.of(Finding.note("prefect.enabled is false: --adapter prefect is refused"));
    }
    if (prefect.fault().isPresent()) {
      return List.of(Finding.bad(ExitCode.CONFIGURATION, prefect.fault().get()));
    }
    List<Finding> findings = new ArrayList<>();
    prefect.notes().forEach(note -> findings.add(Finding.note(note)));
    Optional<Known<URI>> url = prefect.settings().apiUrl();
    if (url.isEmpty()) {
      findings.add(
          Finding.good("no Prefect server is configured: the embedded engine runs everything"));
      return findings;
    }
    try (PrefectClient client = new PrefectClient(quick(prefect.settings()))) {
      client.server().require();
      findings.add(version(client, url.get()));
      findings.add(credential(prefect.settings()));
      findings.addAll(inUse(client, prefect));
    } catch (PrefectException e) {
      findings.add(Finding.bad(ExitCode.UNREACHABLE, String.valueOf(e.getMessage())));
    }
    return findings;
  }

  private static PrefectSettings quick(PrefectSettings s) {
    Duration timeout = s.timeout().compareTo(LONGEST) < 0 ? s.timeout() : LONGEST;
    return new PrefectSettings(
        s.apiUrl(), s.credential(), timeout, Math.min(1, s.maxRetries()), s.notes());
  }

  private static Finding version(PrefectClient client, Known<URI> url) {
    String at = " answers at " + url.value() + " (" + url.origin() + ")";
    Optional<String> version = client.server().version();
    Optional<String> complaint = version.flatMap(ServerInfo::complaint);
    String who = version.map(v -> "Prefect " + v).orElse("Prefect Cloud");
    return complaint
        .map(why -> Finding.note(who + at + ": " + why))
        .orElseGet(() -> Finding.good(who + at));
  }

  private static Finding credential(PrefectSettings settings) {
    return Finding.good(
        settings
            .credential()
            .map(known -> "it lets us in with what " + known.origin() + " says")
            .orElse("it lets us in without a credential"));
  }

  private List<Finding> inUse(PrefectClient client, PrefectInForce prefect) {
    List<Finding> findings = new ArrayList<>();
    client.server().clockAhead().map(ServerCheck::clock).ifPresent(findings::add);
    List<Finding> lacks = lacks(client);
    findings.addAll(
        lacks.isEmpty()
            ? List.of(Finding.good("it takes events, and streams events and logs"))
            : lacks);
    findings.addAll(pool(client, prefect));
    return findings;
  }

  private static Finding clock(Duration ahead) {
    Duration by = ahead.abs();
    if (by.compareTo(SAME_TIME) <= 0) {
      return Finding.good("its clock agrees with ours");
    }
    return Finding.note(
        "its clock is "
            + by.toSeconds()
            + " s "
            + (ahead.isNegative() ? "behind" : "ahead of")
            + " ours: times of states and logs are mixed up, schedules start at other times than"
            + " they say");
  }

  private List<Finding> lacks(PrefectClient client) {
    List<Finding> lacks = new ArrayList<>();
    try (EventSender sender = client.events().sender()) {
      sender.send(List.of());
    } catch (PrefectException e) {
      lacks.add(
          Finding.note(
              "it takes no events ("
                  + e.why()
                  + "): task runs of mirrored runs don't appear there"));
    }
    Optional<ServerInfo.Streams> streams = client.server().streams();
    if (streams.filter(s -> !s.events()).isPresent()) {
      lacks.add(noEvents("set PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED=true on the server"));
    } else {
      EventFilter none = EventFilter.ALL.about(UUID.randomUUID());
      try (Following events =
          client.events().follow(none, bench.env().clock().instant(), _ -> {})) {
        Following _ = events.awaitReady();
      } catch (PrefectException e) {
        lacks.add(noEvents(e.why()));
      }
    }
    if (streams.filter(s -> !s.logs()).isPresent()) {
      lacks.add(
          Finding.note(
              "no log stream: logs are polled every 1 to 5 s; set"
                  + " PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED=true and"
                  + " PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED=true on the server"));
    }
    return lacks;
  }

  private static Finding noEvents(String why) {
    return Finding.note(
        "no event stream: runs are polled every 1 to 5 s, and a cancel or pause from the server"
            + " comes later ("
            + why
            + ")");
  }

  private static List<Finding> pool(PrefectClient client, PrefectInForce prefect) {
    return prefect
        .workPool()
        .filter(pool -> client.workPools().find(pool).isEmpty())
        .map(
            pool ->
                Finding.note(
                    "prefect.work_pool is "
                        + pool
                        + ", but the server has no such pool: workpool create "
                        + pool
                        + " makes it"))
        .stream()
        .toList();
  }
}
