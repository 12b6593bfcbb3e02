package dev.mahavishnu.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.eval.Verdict.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What people write, planned without a model: little of it is understood, and none misunderstood.
 */
final class OfflineEvaluationTest {
  /** Mistakes, whoever makes them. */
  private static final Set<Kind> BAD = Set.of(Kind.WRONG, Kind.INVALID, Kind.UNAVAILABLE);

  @Test
  void the_offline_planner_proposes_nothing_wrong() {
    Evaluation evaluation = new Evaluation(Subject.offline());
    List<Result> results = Cases.all().stream().flatMap(c -> evaluation.run(c).stream()).toList();

    Tally tally = new Tally(results);
    // A log of the build should show the counts, which change with the grammar.
    System.out.println(tally.table());
    String bad =
        results.stream()
            .filter(r -> BAD.contains(r.verdict().kind()))
            .map(r -> r.name() + ": " + r.says() + "\n" + r.verdict() + "\n" + r.proposal())
            .collect(Collectors.joining("\n\n"));
    assertThat(bad).isEmpty();
    assertThat(tally.count(Kind.RIGHT)).isPositive();
  }

  @Test
  void there_are_enough_cases_of_each_sort() {
    List<Case> cases = Cases.all();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(90);
    assertThat(cases.stream().filter(c -> c.steps().size() > 1)).hasSizeGreaterThanOrEqualTo(8);
    assertThat(cases.stream().filter(c -> c.group().equals("injections")))
        .hasSizeGreaterThanOrEqualTo(10);
  }
}
