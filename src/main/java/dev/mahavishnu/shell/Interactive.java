package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.shell.Prompt.Typed;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.JobTable;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** The shell at a terminal: reads, does, shows, until the person leaves. */
public final class Interactive {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final LiveTerminal terminal;
  private final Palette palette;
  private final Workplace place;
  private final Session session;
  private final Prompt prompt;
  private final TerminalStage stage;
  private final Memory memory;
  private final Conversation conversation;
  private final Jobs jobs;
  private final Deque<Statement> queue = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<RunWatch.Asking> questions = new ConcurrentLinkedQueue<>();
  private final Set<String> asked = new HashSet<>();
  private volatile @Nullable Job waitedFor;
  private volatile boolean hungUp;

  /** Whether a statement waits for the end of a run. */
  private volatile boolean waiting;

  /** Whether Ctrl-C came for a statement that had not quite begun, or a prompt not quite there. */
  private final AtomicBoolean early = new AtomicBoolean();

  private Interactive(
      LiveTerminal terminal,
      Function<Surface, Workplace> places,
      Palette palette,
      Optional<Path> history,
      Clock clock) {
    this.terminal = terminal;
    this.palette = palette;
    Trees trees = new Trees(terminal, palette, clock);
    this.jobs = new Jobs(trees::hide);
    this.place = places.apply(new TerminalSurface(terminal, trees, jobs, this::asks));
    this.session = new Session(place, line -> terminal.above(line + "\n"));
    this.prompt =
        new Prompt(
            terminal.reader(),
            palette,
            new LineHistory(history, this::isSecret),
            place::commands,
            new PromptCompleter(() -> place, () -> session.drafts().now()));
    prompt.onCtrlZ(() -> Thread.ofVirtual().start(this::putAside));
    this.stage = new TerminalStage(terminal, prompt, palette, place::root, clock);
    this.memory = new Memory(place, true, line -> stage.aside(line));
    this.conversation =
        new Conversation(place, stage, session.drafts(), session::scratch, memory, jobs);
  }

  /** Whether a line holds something that may not be kept; what can't be looked at may not. */
  private boolean isSecret(String line) {
    try {
      return !place.redactor().redact(line).equals(line);
    } catch (RuntimeException _) {
      return true;
    }
  }

  /** Opens the shell on this process's terminal, with nothing of what was said before. */
  public static int run(
      Function<Surface, Workplace> places,
      Palette palette,
      Map<String, String> variables,
      Clock clock) {
    return run(places, palette, variables, clock, new Beginning.Fresh(), true);
  }

  /**
   * Opens the shell on this process's terminal.
   *
   * @param places makes the workplace, whose commands use the surface
   * @param beginning with what it begins
   * @param settings whether the statements in the person's own file are done first
   * @return an exit code
   */
  public static int run(
      Function<Surface, Workplace> places,
      Palette palette,
      Map<String, String> variables,
      Clock clock,
      Beginning beginning,
      boolean settings) {
    Optional<HistoryFile> history = HistoryFile.of(variables);
    try (LiveTerminal terminal = LiveTerminal.open()) {
      Interactive shell =
          new Interactive(terminal, places, palette, history.map(HistoryFile::file), clock);
      terminal.terminal().handle(Terminal.Signal.INT, _ -> shell.pressed());
      terminal.terminal().handle(Terminal.Signal.TSTP, _ -> shell.putAside());
      if (terminal.terminal().getType().startsWith(Terminal.TYPE_DUMB)) {
        // Where JLine takes no signal, and reads no key but whole lines.
        Signals.register("INT", shell::pressedAnywhere);
        Signals.register("TSTP", shell::putAside);
      }
      Signals.register("HUP", shell::hangUp);
      Signals.register("TERM", shell::hangUp);
      if (history.filter(HistoryFile::isNew).isPresent()) {
        Tour.lines(palette).forEach(shell.stage::say);
      }
      if (settings) {
        RcFile.of(variables).ifPresent(shell::prepare);
      }
      Earlier earlier = new Earlier(shell.place, shell.stage, shell.memory);
      if (!earlier.take(beginning, shell.session.drafts())) {
        return Exit.USAGE;
      }
      return shell.loop(beginning);
    }
  }

  /** Does what the person wants done first; what is wrong there is said, and holds up nothing. */
  private void prepare(RcFile settings) {
    stage.from(RcFile.NAME);
    try {
      Statements statements = new Statements(settings.lines().iterator());
      Optional<Statement> next = statements.next();
      while (next.isPresent() && !conversation.isOver() && !hungUp) {
        Statement statement = next.get();
        await(Job.start(() -> conversation.prepare(statement), this::ended));
        next = statements.next();
      }
    } catch (IOException e) {
      stage.complain(List.of("can't be read: " + settings.file()));
    } finally {
      stage.from("");
    }
  }

  private int loop(Beginning beginning) {
    if (beginning instanceof Beginning.Fresh) {
      session.greeting().ifPresent(stage::say);
    }
    String partial = "";
    while (!conversation.isOver() && !hungUp) {
      if (early.getAndSet(false)) {
        boolean _ = stopNewest();
      }
      // Set before jobs are looked at: one that ends after that wakes the prompt.
      waiting = !queue.isEmpty();
      boolean free = jobs.going().stream().allMatch(Job::isAside);
      Optional<RunWatch.Asking> question = partial.isEmpty() ? question() : Optional.empty();
      if (question.isPresent()) {
        answer(question.get());
        continue;
      }
      if (!queue.isEmpty() && free) {
        perform(queue.remove());
        continue;
      }
      switch (prompt.line(about(), partial)) {
        case Typed.Line line -> {
          partial = "";
          take(line.text());
        }
        case Typed.Woken woken -> partial = woken.partial();
        case Typed.ForEditor typed ->
            partial = new LineEditing(place, stage, session::scratch).edit(typed.partial());
        case Typed.Interrupted typed -> partial = stopNewest() ? typed.partial() : "";
        case Typed.Ended _ -> {
          leave();
          return Exit.COMPLETED;
        }
      }
    }
    leave();
    return hungUp ? Exit.INTERRUPTED : Exit.COMPLETED;
  }

  /** What is worked on: the run that is debugged, else the draft. */
  private String about() {
    return DebugVerbs.label(place).or(() -> session.drafts().last().name()).orElse("");
  }

  /**
   * What was typed is done at once, whatever runs. Of several statements that were pasted together
   * each waits for the run that the one before it began.
   */
  private void take(String text) {
    Statements statements = Statements.of(text);
    Optional<Statement> first = statements.next();
    if (first.isEmpty()) {
      return;
    }
    List<Statement> rest = new ArrayList<>();
    for (Optional<Statement> s = statements.next(); s.isPresent(); s = statements.next()) {
      rest.add(s.get());
    }
    queue.addAll(rest);
    perform(first.get());
  }

  private void perform(Statement statement) {
    Job job = Job.start(() -> conversation.take(statement), this::ended);
    await(job);
    if (job.isOver() && job.exitCode() != Exit.COMPLETED && !queue.isEmpty()) {
      stage.complain(List.of("the other " + queue.size() + " pasted lines are left out"));
      queue.clear();
    }
  }

  private void await(Job job) {
    jobs.begin(job);
    waitedFor = job;
    if (early.getAndSet(false)) {
      job.interrupt();
    }
    job.awaitPrompt();
    waitedFor = null;
    for (RunId run : place.detached()) {
      jobs.goesOn(run);
      if (!jobs.knows(run)) {
        int number = jobs.number(run);
        stage.say(JobVerbs.aside(number, run, true));
        Thread.ofVirtual().name("job " + number).start(() -> tellEnd(number, run));
      }
    }
  }

  /** Says that a run in a process of its own has ended, unless it was seen to. */
  private void tellEnd(int number, RunId run) {
    try {
      boolean seen = false;
      while (place.isHeld(run)) {
        seen = jobs.showing(run).isPresent();
        Thread.sleep(LOOK);
      }
      if (!seen && jobs.tells(run)) {
        place
            .history()
            .flatMap(history -> history.summary(run))
            .map(r -> new JobTable(palette).ended(number, r, place.clock().instant()))
            .ifPresent(stage::say);
      }
    } catch (InterruptedException | RuntimeException _) {
      // A run that is deleted, or a disk that fails, tells who asks for it.
    }
  }

  /**
   * A line that is being typed is left alone where nothing waits: a list of choices may be open.
   */
  private void ended() {
    if (waiting) {
      prompt.wake();
    }
  }

  /** Ctrl-C while no line is read. */
  private void pressed() {
    Job job = waitedFor;
    if (job == null) {
      early.set(true);
      prompt.wake();
    } else if (!terminal.isLent() && !job.interrupt()) {
      stage.say("left to itself: it did not hear Ctrl-C");
      job.release();
    }
  }

  /**
   * Ctrl-Z: the run that came to the screen last goes on without it. Where a program has the
   * terminal it goes on too: there is nothing it could be stopped for.
   */
  private void putAside() {
    Job job = Optional.ofNullable(waitedFor).map(Job::meant).orElse(null);
    if (terminal.isLent()) {
      Outside.goOn();
    } else if (job != null && !job.isOver()) {
      if (!hide(job)) {
        job.goAside();
        stage.say("what shows a run goes to the background with it; Ctrl-C stops anything else");
      }
    } else {
      jobs.newestSeen().ifPresent(this::hide);
    }
  }

  private boolean hide(Job job) {
    Optional<RunId> run = job.watch().map(RunWatch::run);
    boolean hidden = jobs.hide(job);
    if (hidden) {
      run.ifPresent(id -> stage.say(JobVerbs.aside(jobs.number(id), id, true)));
      ended();
    }
    return hidden;
  }

  /** Ctrl-C, be it while a line is read or not. */
  private void pressedAnywhere() {
    if (waitedFor != null || !stopNewest()) {
      pressed();
    }
  }

  /** The window was closed, or somebody wants this process to end: as if the person had left. */
  private void hangUp() {
    hungUp = true;
    Job job = waitedFor;
    if (job != null) {
      job.interrupt();
      job.release();
    }
    prompt.wake();
  }

  /** Ctrl-C at the prompt: the run that came last, of those on the screen. */
  private boolean stopNewest() {
    Optional<Job> newest = jobs.newestSeen();
    newest.ifPresent(Job::interrupt);
    return newest.isPresent();
  }

  private void asks(RunWatch.Asking asking) {
    questions.add(asking);
    if (prompt.isBegun()) {
      stage.say(waits(asking) + "; you will be asked after this line");
    } else {
      prompt.wake();
    }
  }

  private static String waits(RunWatch.Asking asking) {
    String message = asking.message().isEmpty() ? "" : ": " + Cells.clean(asking.message());
    return asking.task() + " waits for approval" + message;
  }

  private Optional<RunWatch.Asking> question() {
    for (RunWatch.Asking next = questions.poll(); next != null; next = questions.poll()) {
      // A run that goes on again tells its whole story, with questions that had their answer.
      if (next.isOpen() && asked.add(next.run() + " " + next.task() + " " + next.seq())) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private void answer(RunWatch.Asking asking) {
    stage.say(palette.paint(Tone.WARN, waits(asking)));
    Optional<String> answer = prompt.answer("approve " + asking.task() + "? [y/N] ");
    boolean no =
        answer.filter(a -> a.equalsIgnoreCase("n") || a.equalsIgnoreCase("no")).isPresent();
    if (!no && !TerminalStage.isYes(answer)) {
      stage.say(asking.task() + " goes on waiting: run approve " + asking.run() + ", or run deny");
      return;
    }
    List<String> words =
        List.of("run", no ? "deny" : "approve", asking.run().text(), asking.task().text());
    Job job =
        Job.start(
            () -> {
              asking.watch().awaitRest();
              return conversation.guarded(() -> place.commands().run(words));
            },
            this::ended);
    await(job);
  }

  /** Runs that this process executes are suspended; the others are named. */
  private void leave() {
    for (Job job : jobs.going().reversed()) {
      if (!job.isOver()) {
        job.interrupt();
        waitedFor = job;
        job.awaitEnd();
        waitedFor = null;
      }
    }
    if (conversation.hasDetached()) {
      try (Stream<RunSummary> runs = place.history().stream().flatMap(RunHistory::list)) {
        runs.limit(100)
            .filter(r -> !r.state().isFinal())
            .forEach(r -> stage.say("run " + r.run() + " of " + r.flow() + " goes on by itself"));
      } catch (RuntimeException e) {
        stage.complain(place.reason(e).lines());
      }
    }
    session.close();
  }
}
