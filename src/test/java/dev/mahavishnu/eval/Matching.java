package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which task of a flow is meant by which task of the case: the assignment with the fewest
 * differences, in the tasks themselves first and then in what waits for what.
 */
final class Matching {
  private static final int MISSING = 6;

  /** A case has few tasks; a flow that is nothing like it may have many that look the same. */
  private static final int MOST_STEPS = 200_000;

  private final List<TaskRule> rules;
  private final Wanted wanted;
  private final Shaped shaped;
  private final int[][] costs;
  private final Map<String, Set<String>> wantedClosures = new HashMap<>();
  private final Map<String, Set<String>> closures = new HashMap<>();

  private Map<String, String> best = Map.of();
  private int bestCost = Integer.MAX_VALUE;
  private int steps;

  private Matching(Wanted wanted, Shaped shaped) {
    this.wanted = wanted;
    this.shaped = shaped;
    this.rules = wanted.tasks();
    this.costs = new int[rules.size()][];
    List<Task> all = shaped.all();
    for (int r = 0; r < rules.size(); r++) {
      costs[r] = new int[all.size()];
      for (int t = 0; t < all.size(); t++) {
        costs[r][t] = cost(rules.get(r), r, all.get(t), t);
      }
    }
    rules.forEach(r -> wantedClosures.put(r.name(), Shaped.closure(r.name(), wanted.upstream())));
    all.forEach(t -> closures.put(t.id(), Shaped.closure(t.id(), shaped.edges())));
  }

  /** Ids by the names of the case; tasks that are missing have none. */
  static Map<String, String> of(Wanted wanted, Shaped shaped) {
    Matching matching = new Matching(wanted, shaped);
    matching.assign(0, 0, new HashMap<>(), new HashSet<>());
    return matching.best;
  }

  /** In hundredths, so that the position decides between tasks that are alike. */
  private int cost(TaskRule rule, int r, Task task, int t) {
    boolean sameList =
        wanted.onFailure().contains(rule.name()) == shaped.onFailure().contains(task);
    return 100 * (rule.distance(task) + (sameList ? 0 : 3)) + Math.min(9, Math.abs(r - t));
  }

  private void assign(int r, int cost, Map<String, String> ids, Set<String> taken) {
    if (cost >= bestCost || steps++ > MOST_STEPS) {
      return;
    }
    if (r == rules.size()) {
      int whole = cost + 100 * edges(ids);
      if (whole < bestCost) {
        bestCost = whole;
        best = Map.copyOf(ids);
      }
      return;
    }
    List<Task> all = shaped.all();
    List<Integer> order = new ArrayList<>();
    for (int t = 0; t < all.size(); t++) {
      // A task so unlike that one is missing and the other nobody asked for.
      if (costs[r][t] < 200 * MISSING) {
        order.add(t);
      }
    }
    int[] mine = costs[r];
    order.sort((a, b) -> Integer.compare(mine[a], mine[b]));
    String name = rules.get(r).name();
    for (int t : order) {
      String id = all.get(t).id();
      if (taken.add(id)) {
        ids.put(name, id);
        assign(r + 1, cost + mine[t], ids, taken);
        ids.remove(name);
        taken.remove(id);
      }
    }
    assign(r + 1, cost + 200 * MISSING, ids, taken);
  }

  private int edges(Map<String, String> ids) {
    return edges(ids, Optional.empty());
  }

  /** What is wrong with what waits for what, among the tasks that were recognised. */
  static List<String> edges(Wanted wanted, Shaped shaped, Map<String, String> ids) {
    List<String> problems = new ArrayList<>();
    new Matching(wanted, shaped).edges(ids, Optional.of(problems));
    return problems;
  }

  private int edges(Map<String, String> ids, Optional<List<String>> problems) {
    int wrong = 0;
    for (Map.Entry<String, String> later : ids.entrySet()) {
      for (Map.Entry<String, String> earlier : ids.entrySet()) {
        boolean right = wantedClosures.get(later.getKey()).contains(earlier.getKey());
        boolean is = closures.get(later.getValue()).contains(earlier.getValue());
        if (right != is) {
          wrong++;
          String says = is ? " waits for " : " does not wait for ";
          problems.ifPresent(p -> p.add(later.getKey() + says + earlier.getKey()));
        }
      }
    }
    return wrong;
  }
}
