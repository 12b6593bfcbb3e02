package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.view.JobTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What can be done with the runs of a session, in Unix's words. */
final class JobVerbs {
  private static final long PAUSE_MILLIS = 100;

  private final Workplace place;
  private final Stage stage;
  private final Jobs jobs;
  private final Set<RunId> listed = ConcurrentHashMap.newKeySet();

  JobVerbs(Workplace place, Stage stage, Jobs jobs) {
    this.place = place;
    this.stage = stage;
    this.jobs = jobs;
  }

  int take(Saying.Draft said) {
    place.detached().forEach(jobs::number);
    return switch (said.verb()) {
      case JOBS -> list(!said.rest().isEmpty());
      case FG -> one(said).map(this::show).orElseGet(this::nothing);
      case BG -> one(said).map(this::background).orElseGet(this::nothing);
      case WATCH -> one(said).map(this::watch).orElseGet(this::nothing);
      case WAIT -> await(said.rest());
      default -> throw new IllegalArgumentException("not about runs of the session");
    };
  }

  /** Whether a word names a run of the session by its number: {@code 2}, {@code %2}. */
  static boolean isNumber(String word) {
    return word.matches("%?\\d{1,4}");
  }

  private Optional<RunId> one(Saying.Draft said) {
    return said.rest().isEmpty() ? current() : Optional.of(find(said.rest().getFirst()));
  }

  private RunId find(String word) {
    if (!isNumber(word)) {
      return place.find(word);
    }
    int number = Integer.parseInt(word.replace("%", ""));
    return jobs.numbered(number).orElseGet(() -> place.find(word));
  }

  /** The newest that has not ended. */
  private Optional<RunId> current() {
    return jobs.runs().reversed().stream()
        .filter(run -> summary(run).filter(r -> !r.state().isFinal()).isPresent())
        .findFirst();
  }

  private Optional<RunSummary> summary(RunId run) {
    return place.history().flatMap((RunHistory h) -> h.summary(run));
  }

  private int nothing() {
    stage.complain(List.of("no run of this session goes on; `ps` lists those of the workspace"));
    return Exit.USAGE;
  }

  /** Those that go on, and each that has ended once more. */
  private int list(boolean json) {
    Optional<RunId> current = current();
    List<JobTable.Row> rows = new ArrayList<>();
    for (RunId run : jobs.runs()) {
      Optional<RunSummary> summary = summary(run).filter(r -> !listed.contains(run));
      summary.ifPresent(
          r -> rows.add(new JobTable.Row(jobs.number(run), isIt(current, run), r, where(r))));
      summary.filter(r -> r.state().isFinal()).ifPresent(_ -> listed.add(run));
    }
    Instant now = place.clock().instant();
    if (json) {
      rows.forEach(row -> stage.say(JobTable.json(row, now)));
    } else if (rows.isEmpty()) {
      stage.say("nothing runs in this session; `ps` lists what runs in the workspace");
    } else {
      new JobTable(place.palette()).lines(rows, now, stage.width()).forEach(stage::say);
    }
    return Exit.COMPLETED;
  }

  private static boolean isIt(Optional<RunId> current, RunId run) {
    return current.filter(run::equals).isPresent();
  }

  private String where(RunSummary run) {
    Optional<Job> job = jobs.showing(run.run());
    if (job.isPresent()) {
      return job.get().isAside() ? "background" : "screen";
    }
    return place.isHeld(run.run()) ? "by itself" : "";
  }

  /** On the screen; what was put aside goes on there. */
  private int show(RunId run) {
    Optional<RunSummary> now = summary(run);
    boolean rests = now.filter(RunSummary::resumable).isPresent() && !place.isHeld(run);
    return rests ? place.commands().run(List.of("run", "resume", run.text())) : watch(run);
  }

  private int watch(RunId run) {
    Optional<Job> here = jobs.showing(run);
    if (here.isPresent()) {
      jobs.show(here.get());
      return Exit.COMPLETED;
    }
    return place.commands().run(List.of("run", "watch", run.text()));
  }

  /** Off the screen; what was put aside goes on in a process of its own. */
  private int background(RunId run) {
    Optional<Job> here = jobs.showing(run);
    if (here.isPresent()) {
      boolean was = jobs.hide(here.get());
      stage.say(aside(jobs.number(run), run, was));
      return Exit.COMPLETED;
    }
    if (place.isHeld(run)) {
      stage.say(aside(jobs.number(run), run, false));
      return Exit.COMPLETED;
    }
    if (summary(run).filter(RunSummary::resumable).isPresent()) {
      return place.commands().run(List.of("run", "resume", run.text(), Dispatch.NO_WAIT));
    }
    stage.complain(List.of("run " + run + " has ended; `run retry " + run + "` makes a new one"));
    return Exit.USAGE;
  }

  static String aside(int number, RunId run, boolean news) {
    String already = news ? "" : " already";
    return "["
        + number
        + "] "
        + run
        + " goes on in the background"
        + already
        + "; fg "
        + number
        + " shows it";
  }

  /** Waits for the runs that are named, else for all; gives the first code that is not 0. */
  private int await(List<String> words) {
    List<RunId> runs = words.isEmpty() ? jobs.runs() : words.stream().map(this::find).toList();
    CountDownLatch interrupted = new CountDownLatch(1);
    int first = Exit.COMPLETED;
    try (Surface.Hold _ = place.onInterrupt(interrupted::countDown)) {
      for (RunId run : runs) {
        while (place.isHeld(run)) {
          if (interrupted.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            return Exit.INTERRUPTED;
          }
        }
        int code = place.exitCode(run);
        int number = jobs.number(run);
        JobTable table = new JobTable(place.palette());
        summary(run)
            .filter(_ -> jobs.tells(run) || !words.isEmpty())
            .ifPresent(r -> stage.say(table.ended(number, r, place.clock().instant())));
        first = first == Exit.COMPLETED ? code : first;
      }
      return first;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Exit.INTERRUPTED;
    }
  }
}
