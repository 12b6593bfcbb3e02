package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunQuery;
import dev.mahavishnu.run.RunQuery.By;
import dev.mahavishnu.run.RunQuery.Order;
import dev.mahavishnu.run.StateType;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers a few questions about runs without a model: {@code what happened last night?}, {@code
 * which runs were slow this week?}, {@code what failed yesterday?}. They are understood in these
 * forms only; anything else goes on to another planner.
 */
public final class RunQuestions implements Planner {
  private static final int ROWS = 20;
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<all>what happened|what ran|which runs were there)"
              + "|(?<failed>what failed|which runs failed)"
              + "|(?<slow>what was slow|which runs were slow|which runs were slowest)"
              + "|(?<tasks>which tasks failed|which tasks failed most)"
              + "|(?<slowtasks>which tasks were slow|which tasks were slowest))"
              + " (?<when>last night|today|yesterday|this week|last week)\\s*\\??");
  private static final LocalTime EVENING = LocalTime.of(18, 0);
  private static final LocalTime MORNING = LocalTime.of(8, 0);

  private final Supplier<Optional<RunHistory>> history;
  private final Clock clock;
  private final Planner other;

  /** From one moment to another. */
  private record Period(Instant from, Instant to) {}

  /**
   * @param history of the workspace; asked for at the first question
   * @param clock its zone says when a day begins
   * @param other plans everything else
   */
  public RunQuestions(Supplier<Optional<RunHistory>> history, Clock clock, Planner other) {
    this.history = history;
    this.clock = clock;
    this.other = other;
  }

  @Override
  public Proposal plan(Request request, Progress progress) {
    Optional<RunQuery> query = query(request.text());
    if (query.isEmpty()) {
      return other.plan(request, progress);
    }
    Proposal.Table table = new RunAnswers(history.get(), clock).table(query.get());
    return new Proposal.Answered("", Optional.of(table));
  }

  /** The question that a text is, if it is one in these forms. */
  Optional<RunQuery> query(String text) {
    String words = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher form = FORM.matcher(words);
    if (!form.matches()) {
      return Optional.empty();
    }
    Period period = period(form.group("when"));
    if (form.group("failed") != null) {
      Set<StateType> bad = Set.of(StateType.FAILED, StateType.CRASHED);
      return Optional.of(query(period, bad, By.RUN, Order.NEWEST));
    }
    if (form.group("slow") != null) {
      return Optional.of(query(period, Set.of(), By.RUN, Order.SLOWEST));
    }
    if (form.group("tasks") != null) {
      return Optional.of(query(period, Set.of(), By.TASK, Order.MOST_FAILED));
    }
    return Optional.of(
        form.group("slowtasks") != null
            ? query(period, Set.of(), By.TASK, Order.SLOWEST)
            : query(period, Set.of(), By.RUN, Order.NEWEST));
  }

  private static RunQuery query(Period period, Set<StateType> states, By by, Order order) {
    return new RunQuery(
        Optional.of(period.from()),
        Optional.of(period.to()),
        Optional.empty(),
        states,
        by,
        order,
        ROWS);
  }

  private Period period(String when) {
    LocalDateTime now = LocalDateTime.now(clock);
    LocalDate today = now.toLocalDate();
    LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    return switch (when) {
      case "last night" ->
          new Period(
              instant(today.minusDays(1).atTime(EVENING)),
              min(instant(today.atTime(MORNING)), end(now)));
      case "yesterday" -> new Period(start(today.minusDays(1)), start(today));
      case "this week" -> new Period(start(monday), end(now));
      case "last week" -> new Period(start(monday.minusWeeks(1)), start(monday));
      default -> new Period(start(today), end(now));
    };
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(clock.getZone()).toInstant();
  }

  /** What happens in this second belongs to now. */
  private Instant end(LocalDateTime now) {
    return instant(now.plusSeconds(1));
  }

  private Instant instant(LocalDateTime time) {
    return time.atZone(clock.getZone()).toInstant();
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
