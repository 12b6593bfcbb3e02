package dev.mahavishnu.schedule;

import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Schedule;
import dev.mahavishnu.spec.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** When the flows of a workspace run by themselves: their schedules and triggers. */
public final class Timetable {
  /** A schedule of a flow; one that stands twice in a flow is here once. */
  public record Timed(String flow, Schedule schedule, Times times) {
    /** The schedule in words, the same as long as it has the same times. */
    public String when() {
      return switch (schedule) {
        case Schedule.Cron s ->
            "cron " + s.cron() + " " + s.timezone() + (s.dayOr() ? "" : " day_or=false");
        case Schedule.Interval s ->
            "every "
                + Durations.print(s.every())
                + s.anchor().map(a -> " from " + a).orElse("")
                + " "
                + s.timezone();
        case Schedule.RRule s -> "rrule " + s.rule() + " " + s.timezone();
      };
    }

    String key() {
      return flow + " " + when();
    }
  }

  /** A trigger of a flow. */
  public record Follower(String flow, Trigger trigger) {
    /** Whether a run that ended so is one that the flow follows. */
    public boolean counts(State state) {
      return Followed.counts(trigger, state);
    }

    String key() {
      return flow + " after " + trigger.after() + " " + trigger.state().text();
    }
  }

  private final Map<String, FlowSource> flows = new TreeMap<>();
  private final List<Timed> timed = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final boolean complete;

  /** The flows' schedules and triggers; what can't be kept is left out and told. */
  public Timetable(Collection<FlowSource> sources) {
    this(sources, true);
  }

  /**
   * As the other one.
   *
   * @param complete whether these are all flows that there are; not so while a file can't be read
   */
  public Timetable(Collection<FlowSource> sources, boolean complete) {
    this.complete = complete;
    sources.forEach(source -> flows.put(source.flow().name(), source));
    Set<String> ring = ring(sources.stream().map(FlowSource::flow).toList());
    for (FlowSource source : flows.values()) {
      schedules(source.flow());
      for (Trigger trigger : source.flow().triggers()) {
        String name = source.flow().name();
        if (ring.contains(name) && ring.contains(trigger.after())) {
          problems.add(
              "flow "
                  + name
                  + " does not follow "
                  + trigger.after()
                  + ": the triggers form a ring, "
                  + String.join(", ", ring.stream().sorted().toList()));
        } else {
          followers.add(new Follower(name, trigger));
        }
      }
    }
  }

  private void schedules(Flow flow) {
    Map<String, Timed> distinct = new LinkedHashMap<>();
    for (Schedule schedule : flow.schedules()) {
      try {
        Timed one = new Timed(flow.name(), schedule, Times.of(schedule));
        distinct.putIfAbsent(one.when(), one);
      } catch (IllegalArgumentException e) {
        problems.add("flow " + flow.name() + ": a schedule can't be kept: " + e.getMessage());
      }
    }
    timed.addAll(distinct.values());
  }

  /** The flows that follow one another for ever, whose triggers would never end. */
  public static Set<String> ring(Collection<Flow> flows) {
    Map<String, Set<String>> after = new TreeMap<>();
    for (Flow flow : flows) {
      Set<String> before = after.computeIfAbsent(flow.name(), _ -> new HashSet<>());
      flow.triggers().forEach(t -> before.add(t.after()));
    }
    Set<String> ring = new HashSet<>();
    after.keySet().stream().filter(name -> reaches(after, name, name)).forEach(ring::add);
    return ring;
  }

  private static boolean reaches(Map<String, Set<String>> after, String from, String to) {
    Set<String> seen = new HashSet<>();
    List<String> next = new ArrayList<>(after.getOrDefault(from, Set.of()));
    while (!next.isEmpty()) {
      String name = next.removeLast();
      if (name.equals(to)) {
        return true;
      }
      if (seen.add(name)) {
        next.addAll(after.getOrDefault(name, Set.of()));
      }
    }
    return false;
  }

  /** Whether a flow that is not here is nowhere. */
  boolean isComplete() {
    return complete;
  }

  Optional<FlowSource> flow(String name) {
    return Optional.ofNullable(flows.get(name));
  }

  /** Of all flows, by name. */
  public List<Timed> timed() {
    return List.copyOf(timed);
  }

  public List<Follower> followers() {
    return List.copyOf(followers);
  }

  /** What is left out, a line each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * The next times of the schedules of some flows together, soonest first.
   *
   * @param each most of one schedule
   */
  public List<Next> next(Instant after, int each, Predicate<String> flows) {
    return timed.stream()
        .filter(t -> flows.test(t.flow()))
        .flatMap(t -> t.times().after(after, each).stream().map(at -> new Next(t, at)))
        .sorted(Comparator.comparing(Next::at).thenComparing(n -> n.timed().flow()))
        .toList();
  }

  /** A time of a schedule. */
  public record Next(Timed timed, Instant at) {}
}
