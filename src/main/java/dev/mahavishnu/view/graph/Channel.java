package dev.mahavishnu.view.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The space between two layers, in which lines run along tracks. No two nets share a cell but where
 * they cross at a right angle, so that no line can be taken for another.
 */
final class Channel {
  /**
   * Lines that mean the same and are drawn as one: each of its sources has a line to each of its
   * targets.
   *
   * @param from rows at which it comes in; no other net comes in there
   * @param to rows at which it goes out; no other net goes out there
   */
  record Net(List<Integer> from, List<Integer> to) {
    Net {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }

    boolean isStraight() {
      return from.size() == 1 && from.equals(to);
    }
  }

  /**
   * A piece of a net along one track.
   *
   * @param net its number
   * @param first its lowest row
   * @param last its highest row
   * @param from rows at which lines come to it
   * @param origin track from which they come; -1: from the layer before
   * @param to rows at which lines go on to the layer behind
   */
  record Trunk(
      int net, int track, int first, int last, List<Integer> from, int origin, List<Integer> to) {}

  /** A trunk that has no track yet. */
  private record Part(
      int net, List<Integer> from, List<Integer> to, boolean first, boolean second) {
    int low() {
      return Math.min(Collections.min(from), Collections.min(to));
    }

    int high() {
      return Math.max(Collections.max(from), Collections.max(to));
    }

    boolean spans(int row) {
      return low() <= row && row <= high();
    }

    /** Whether it must have a lower track than the other one: else both would run along one row. */
    boolean mustPrecede(Part other) {
      return net == other.net ? first && other.second : from.stream().anyMatch(other.to::contains);
    }

    /** The crossings between the two where this one has the lower track. */
    int crossings(Part other) {
      return (int)
          (other.from.stream().filter(this::spans).count()
              + to.stream().filter(other::spans).count());
    }
  }

  private final List<Trunk> trunks = new ArrayList<>();
  private final Set<Integer> rows = new TreeSet<>();
  private int tracks;

  Channel(List<Net> nets) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < nets.size(); i++) {
      Net net = nets.get(i);
      rows.addAll(net.from());
      rows.addAll(net.to());
      if (!net.isStraight()) {
        parts.add(new Part(i, net.from(), net.to(), false, false));
      }
    }
    order(parts).forEach(this::add);
  }

  private List<Part> order(List<Part> parts) {
    List<Part> left = new ArrayList<>(parts);
    List<Part> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Part> free =
          left.stream()
              .filter(p -> left.stream().noneMatch(o -> !o.equals(p) && o.mustPrecede(p)))
              .toList();
      if (free.isEmpty()) {
        split(left);
        continue;
      }
      Part best = free.getFirst();
      int least = cost(best, left);
      for (Part part : free) {
        int cost = cost(part, left);
        if (cost < least) {
          best = part;
          least = cost;
        }
      }
      left.remove(best);
      ordered.add(best);
    }
    return ordered;
  }

  private static int cost(Part part, List<Part> left) {
    return left.stream()
        .filter(o -> !o.equals(part))
        .mapToInt(o -> part.crossings(o) - o.crossings(part))
        .sum();
  }

  /** Each waits for another one: one of them changes its track on a row that nobody uses. */
  private void split(List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (!part.first() && !part.second()) {
        int row = freeRow(Collections.min(part.from()));
        rows.add(row);
        parts.set(i, new Part(part.net(), part.from(), List.of(row), true, false));
        parts.add(new Part(part.net(), List.of(row), part.to(), false, true));
        return;
      }
    }
    throw new IllegalStateException("split parts wait for each other");
  }

  private int freeRow(int near) {
    int away = 1;
    while (rows.contains(near + away) && rows.contains(near - away)) {
      away++;
    }
    return rows.contains(near + away) ? near - away : near + away;
  }

  private void add(Part part) {
    int track = 0;
    int origin = -1;
    for (Trunk trunk : trunks) {
      if (trunk.first() <= part.high() && part.low() <= trunk.last()) {
        track = Math.max(track, trunk.track() + 1);
      }
      if (trunk.net() == part.net()) {
        origin = trunk.track();
      }
    }
    trunks.add(
        new Trunk(
            part.net(),
            track,
            part.low(),
            part.high(),
            part.from(),
            origin,
            part.first() ? List.of() : part.to()));
    tracks = Math.max(tracks, track + 1);
  }

  List<Trunk> trunks() {
    return trunks;
  }

  /** Number of tracks. */
  int tracks() {
    return tracks;
  }

  /** All rows that are used; some may be below 0. */
  Set<Integer> rows() {
    return rows;
  }
}
