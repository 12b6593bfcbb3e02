package dev.mahavishnu.prefect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The events of a server. */
public final class Events {
  /** Events may come late, and clocks differ. */
  private static final Duration OVERLAP = Duration.ofSeconds(30);

  private static final Duration AHEAD = Duration.ofDays(365);

  /** A server that streams from now on leaves out what its filter does, by clocks of others. */
  private static final Duration CLOCKS = Duration.ofDays(1);

  private static final int PAGE = 50;
  private static final int MOST_MISSED = 5_000;

  /** A server streams at once but stores some 5 seconds later; what fell between is asked for. */
  private static final int CATCH_UPS = 4;

  private final Api api;

  /**
   * Something that happened.
   *
   * @param event its name, {@code prefect.flow-run.Completed} say
   * @param resource labels of what it happened to, {@code prefect.resource.id} among them
   * @param related labels of what else it concerns, each with {@code prefect.resource.role}
   */
  public record Event(
      UUID id,
      Instant occurred,
      String event,
      Map<String, String> resource,
      List<Map<String, String>> related,
      JsonNode payload,
      Optional<UUID> follows) {
    public Event {
      resource = Map.copyOf(resource);
      related = List.copyOf(related);
    }
  }

  private record Page(List<Event> events, String nextPage) {}

  Events(Api api) {
    this.api = api;
  }

  /** A sender of one's own; to be closed. */
  public EventSender sender() {
    return new EventSender(api);
  }

  /**
   * Follows what happens. What happened while the connection was lost is given when it is back and
   * the server has stored it, so perhaps after what is newer; nothing is given twice.
   *
   * @param since what happened from then on is given too
   */
  public Following follow(EventFilter filter, Instant since, Consumer<Event> listener) {
    Given given = new Given(since, OVERLAP);
    Consumer<Event> once =
        event -> given.once(event.id(), event.occurred(), () -> listener.accept(event));
    return new Following(
        api,
        "/events/out",
        () ->
            Fields.NONE
                .with("type", "filter")
                .with("filter", filter.json(given.from().minus(CLOCKS), later()))
                .with("backfill", false)
                .json(),
        () -> history(filter, given.from(), later(), MOST_MISSED).reversed().forEach(once),
        CATCH_UPS,
        message -> {
          if (message.path("type").asString("").equals("event")) {
            once.accept(Wire.read(message.path("event"), Event.class));
          }
        });
  }

  private Instant later() {
    return api.clock().instant().plus(AHEAD);
  }

  /**
   * What happened in that time, newest first, at most so many.
   *
   * @throws PrefectException when it can't be had
   */
  public List<Event> history(EventFilter filter, Instant since, Instant until, int most) {
    Fields body =
        Fields.NONE
            .with("filter", filter.json(since, until))
            .with("limit", Math.min(PAGE, Math.max(1, most)));
    Page page = api.call(ApiCall.safePost("/events/filter", body.json()), Page.class);
    List<Event> found = new ArrayList<>(page.events());
    while (found.size() < most && !page.nextPage().isEmpty()) {
      // The server writes the address as it sees itself, which need not be how we reach it.
      String query = page.nextPage().replaceFirst("^[^?]*", "");
      page = api.call(ApiCall.get("/events/filter/next" + query), Page.class);
      found.addAll(page.events());
    }
    return found.subList(0, Math.min(most, found.size()));
  }
}
