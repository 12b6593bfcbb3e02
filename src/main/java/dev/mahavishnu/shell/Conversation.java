package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.shell.Mentions.Expanded;
import dev.mahavishnu.spec.ReadResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Does what a person says, one statement after the other. */
final class Conversation {
  private final Workplace place;
  private final Noted stage;
  private final Drafts drafts;
  private final Memory memory;
  private final DraftVerbs verbs;
  private final DebugVerbs debug;
  private final JobVerbs jobVerbs;
  private final ModelVerbs models;
  private final Failures failures;
  private final Acceptance acceptance;
  private final Planning planning;
  private final Variables variables = new Variables();
  private final Aliases aliases = new Aliases();
  private final Dispatch dispatch;
  private final ScriptVerbs script;
  private volatile boolean detached;

  /**
   * @param scratch a folder for the text that is in an editor
   */
  Conversation(
      Workplace place,
      Stage shown,
      Drafts drafts,
      Supplier<Path> scratch,
      Memory memory,
      Jobs jobs) {
    this.place = place;
    this.stage = new Noted(shown);
    this.drafts = drafts;
    this.memory = memory;
    this.dispatch = new Dispatch(place.commands(), variables, aliases);
    this.script = new ScriptVerbs(place, stage, variables, aliases, new Within());
    Editing editing = new Editing(place, stage, scratch);
    this.verbs = new DraftVerbs(place, stage, drafts, editing);
    this.debug = new DebugVerbs(place, stage, editing, scratch);
    this.jobVerbs = new JobVerbs(place, stage, jobs);
    Spending spending = new Spending();
    Attention attention = new Attention(place, stage, spending);
    this.models = new ModelVerbs(place, stage, memory, spending, attention);
    this.failures = new Failures(place, stage, attention, new Repairs(place, stage, drafts));
    this.acceptance = new Acceptance(place, stage, drafts, verbs);
    this.planning = new Planning(place, stage, drafts, acceptance, attention, memory);
  }

  /** Whether the last statement asked to leave. */
  boolean isOver() {
    return verbs.isOver();
  }

  /** Whether something was started that outlives this process. */
  boolean hasDetached() {
    return detached || verbs.hasDetached();
  }

  /** Does one statement, and keeps it. Gives the exit code that belongs to what became of it. */
  int take(Statement said) {
    return take(said, true);
  }

  /**
   * Does one statement that is no part of what is said here: a person's settings. Only variables
   * are kept of them, since statements that are kept may use them.
   */
  int prepare(Statement statement) {
    return take(statement, false);
  }

  private int take(Statement said, boolean keep) {
    Noted.Note note = stage.begin();
    DraftText before = drafts.last();
    Optional<RunId> run = place.lastRun();
    Instant began = place.clock().instant();
    // What an alias stands for is kept, since the next shell may not have it.
    Statement statement = aliases.expand(said);
    Saying saying = dispatch.of(statement);
    int code = done(statement, saying);
    stage.usage(place::palette);
    note(note, run);
    if (keep ? isKept(saying) : code == Exit.COMPLETED && isVariable(saying)) {
      DraftText after = drafts.last();
      memory.add(
          new Exchange(
              began,
              statement.text(),
              note.lines(),
              code,
              turn(saying, note, code),
              note.model(),
              note.usage(),
              after.equals(before) ? Optional.empty() : Optional.of(after.text())),
          keep);
    }
    return code;
  }

  /** A run shows itself; for what is kept of the statement a line about it is enough. */
  private void note(Noted.Note note, Optional<RunId> before) {
    place
        .lastRun()
        .filter(run -> !before.equals(Optional.of(run)))
        .flatMap(run -> place.history().flatMap(h -> h.summary(run)))
        .ifPresent(
            run -> note.line("run " + run.run() + " of " + run.flow() + ": " + run.state().name()));
  }

  private int done(Statement statement, Saying saying) {
    int code = attempted(statement, saying);
    if (code != Exit.COMPLETED) {
      stage.failed(code);
    }
    return code;
  }

  private int attempted(Statement statement, Saying saying) {
    stage.at(statement.line());
    int code = guarded(() -> perform(statement, saying));
    switch (saying) {
      case Saying.Script _, Saying.Choice _, Saying.Faulty _ -> {}
      case Saying.Order _,
          Saying.Debug _,
          Saying.Outside _,
          Saying.Draft _,
          Saying.Spec _,
          Saying.Sentence _,
          Saying.Wrong _ ->
          variables.ended(code);
    }
    return code;
  }

  /** Statements within others. */
  private final class Within implements ScriptVerbs.Performer {
    @Override
    public int perform(Statement said) {
      Statement statement = aliases.expand(said);
      return done(statement, dispatch.of(statement));
    }

    @Override
    public int attempt(Statement said) {
      Statement statement = aliases.expand(said);
      return attempted(statement, dispatch.of(statement));
    }

    @Override
    public boolean isOver() {
      return verbs.isOver();
    }
  }

  private static boolean isVariable(Saying saying) {
    return saying instanceof Saying.Script script && script.line() instanceof ScriptLine.Let;
  }

  /** What only looks at the session, or leaves it, is no part of it. */
  private static boolean isKept(Saying saying) {
    return !(saying instanceof Saying.Draft d
        && switch (d.verb()) {
          case HELP, EXIT, QUIT, TRANSCRIPT, COST, JOBS -> true;
          case RUN, SAVE, SHOW, DIFF, EDIT, UNDO, REDO, DISCARD, WHY, FIX, MODEL -> false;
          case FG, BG, WATCH, WAIT -> false;
        });
  }

  /** What a planner is told of it. */
  private static Optional<String> turn(Saying saying, Noted.Note note, int code) {
    return switch (saying) {
      case Saying.Sentence _, Saying.Spec _ -> Optional.of(note.answer());
      case Saying.Draft d ->
          switch (d.verb()) {
            case RUN -> Optional.of(code == 0 ? "the run completed" : "ended with " + code);
            case SAVE, EDIT, UNDO, REDO, DISCARD, WHY, FIX -> Optional.of(note.answer());
            case SHOW, DIFF, MODEL, COST, TRANSCRIPT, HELP, EXIT, QUIT -> Optional.empty();
            case JOBS, FG, BG, WATCH, WAIT -> Optional.empty();
          };
      case Saying.Order _,
          Saying.Debug _,
          Saying.Outside _,
          Saying.Script _,
          Saying.Choice _,
          Saying.Faulty _,
          Saying.Wrong _ ->
          Optional.empty();
    };
  }

  private int perform(Statement statement, Saying saying) {
    return switch (saying) {
      case Saying.Order order -> order(order.words());
      case Saying.Outside outside -> outside(outside.command());
      case Saying.Draft draft -> verb(statement, draft);
      case Saying.Debug said -> debug.take(said);
      case Saying.Spec spec -> spec(statement, spec.text());
      case Saying.Sentence sentence -> sentence(sentence);
      case Saying.Script said -> script.take(statement, said.line());
      case Saying.Choice choice -> script.choose(choice.block());
      case Saying.Faulty f -> script.faulty(f.statement(), f.at(), f.message(), f.hint());
      case Saying.Wrong wrong -> complain(Exit.USAGE, List.of(wrong.message()));
    };
  }

  private int verb(Statement statement, Saying.Draft said) {
    return switch (said.verb()) {
      case MODEL, COST, TRANSCRIPT -> models.take(said);
      case JOBS, FG, BG, WATCH, WAIT -> jobVerbs.take(said);
      case WHY -> failures.why(run(said), said.rest().isEmpty() ? "" : words(said));
      case FIX -> {
        boolean change = run(said).isEmpty() && !said.rest().isEmpty() && !failures.isOpen();
        yield change && !statement.text().startsWith("/")
            ? sentence(new Saying.Sentence(statement.text(), ""))
            : failures.fix(run(said), words(said));
      }
      case RUN, SAVE, SHOW, DIFF, EDIT, UNDO, REDO, DISCARD, HELP, EXIT, QUIT -> verbs.take(said);
    };
  }

  private static Optional<String> run(Saying.Draft said) {
    return said.rest().stream().findFirst().filter(Verb::isRun);
  }

  /** What stands after the run. */
  private static String words(Saying.Draft said) {
    return String.join(" ", said.rest().subList(run(said).isPresent() ? 1 : 0, said.rest().size()));
  }

  private int order(List<String> words) {
    if (words.equals(List.of("graph")) && verbs.hasDraft()) {
      return verbs.graph();
    }
    detached |= words.contains(Dispatch.NO_WAIT);
    return place.commands().run(words);
  }

  /** Does something; what it throws is said, and becomes an exit code. */
  int guarded(IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (RuntimeException e) {
      return failed(e);
    } catch (StackOverflowError | LinkageError e) {
      return failed(new IllegalStateException(e));
    }
  }

  private int failed(RuntimeException e) {
    Workplace.Reason reason = place.reason(e);
    return complain(reason.exitCode(), reason.lines());
  }

  private int outside(String command) {
    return stage.agrees("`!` runs a program")
        ? stage.outside(List.of("/bin/sh", "-c", command), variables.environment())
        : Exit.APPROVAL;
  }

  private int sentence(Saying.Sentence sentence) {
    return switch (new Mentions(place.root(), failures::told).expand(sentence.text())) {
      case Expanded.Missing missing -> complain(Exit.INVALID, List.of(missing.message()));
      case Expanded.Run run -> failures.why(Optional.of(run.name()), "");
      case Expanded.Text text when !text.runs().isEmpty() && place.assistant().isEmpty() ->
          complain(
              Exit.UNREACHABLE,
              List.of(
                  "`@"
                      + text.runs().getFirst()
                      + "` tells a model about a run, and none is in use; `why "
                      + text.runs().getFirst()
                      + "` shows the same"));
      case Expanded.Text text -> planning.plan(text.text(), text.files(), sentence.hint());
      case Expanded.Whole whole -> whole(whole);
    };
  }

  /** A file and nothing else: a flow, or a request that somebody wrote down. */
  private int whole(Expanded.Whole whole) {
    Optional<Statement> first = Statements.of(whole.text()).next();
    boolean spec = first.filter(s -> s.form() == Statement.Form.SPEC).isPresent();
    if (!spec) {
      return planning.plan(whole.text().strip(), List.of(), "");
    }
    Path folder = Optional.ofNullable(whole.file().getParent()).orElse(place.root());
    return switch (place.read(whole.file().toString(), whole.text(), folder)) {
      case ReadResult.Invalid invalid -> acceptance.problems(invalid, whole.text());
      case ReadResult.Valid valid ->
          acceptance.accept(
              new Draft(
                  valid.source().flow(),
                  folder,
                  Optional.of(new Draft.Saved(whole.file(), Saving.hash(whole.text())))),
              List.of());
    };
  }

  private int spec(Statement statement, String text) {
    // Lines before it keep the problems' positions those of the script.
    String padded = "\n".repeat(statement.line() - 1) + text;
    return switch (place.read(stage.name(), padded, place.root())) {
      case ReadResult.Invalid invalid -> acceptance.problems(invalid, padded);
      case ReadResult.Valid valid -> acceptance.accept(valid.source().flow(), List.of());
    };
  }

  private int complain(int code, List<String> lines) {
    stage.complain(lines);
    return code;
  }
}
