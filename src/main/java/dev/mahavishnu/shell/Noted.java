package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A stage of whose words a note is taken, for each statement apart. */
final class Noted implements Stage {
  private static final int MOST_LINES = 200;

  private final Stage stage;
  private final ThreadLocal<Note> notes = ThreadLocal.withInitial(Note::new);

  Noted(Stage stage) {
    this.stage = stage;
  }

  /** What came of a statement. Safe for several threads. */
  static final class Note {
    private final List<String> lines = new ArrayList<>();
    private Optional<String> brief = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Usage usage = Usage.NONE;
    private Usage told = Usage.NONE;

    synchronized void line(String line) {
      if (lines.size() < MOST_LINES) {
        lines.add(Cells.clean(line));
      } else if (lines.size() == MOST_LINES) {
        lines.add("(and more)");
      }
    }

    /** What the planner is to know of it, instead of all that was shown. */
    synchronized void brief(String words) {
      brief = Optional.of(words);
    }

    synchronized void costs(Usage more) {
      usage = usage.plus(more);
    }

    synchronized void asks(String name) {
      model = Optional.of(name);
    }

    synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    synchronized String answer() {
      return brief.orElseGet(() -> String.join("\n", lines));
    }

    synchronized Optional<String> model() {
      return model;
    }

    synchronized Usage usage() {
      return usage;
    }
  }

  /** Begins the note of the statement that this thread does. */
  Note begin() {
    notes.remove();
    return notes.get();
  }

  /** The note of the statement that this thread does. */
  Note note() {
    return notes.get();
  }

  /**
   * Says what the statement took so far, unless that was said, or it took nothing.
   *
   * @param palette asked for only where there is something to say: it costs a start the
   *     configuration
   */
  void usage(Supplier<Palette> palette) {
    Note note = note();
    Usage usage = note.usage();
    if (!usage.equals(note.told) && usage.input() + usage.output() > 0) {
      note.told = usage;
      stage.aside(Spending.text(usage, palette.get()));
    }
  }

  private <T> T noting(String line, Function<Stage, T> work) {
    note().line(line);
    return work.apply(stage);
  }

  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public void say(String line) {
    note().line(line);
    stage.say(line);
  }

  @Override
  public void aside(String line) {
    stage.aside(line);
  }

  @Override
  public void complain(List<String> lines) {
    lines.forEach(note()::line);
    stage.complain(lines);
  }

  @Override
  public int width() {
    return stage.width();
  }

  @Override
  public boolean agrees(String what) {
    return stage.agrees(what);
  }

  @Override
  public boolean consents(String question, String what) {
    boolean yes = noting(question, s -> s.consents(question, what));
    note().line(yes ? "yes" : "no");
    return yes;
  }

  @Override
  public Optional<Answer> choose(String question, List<String> choices) {
    Optional<Answer> answer = noting(question, s -> s.choose(question, choices));
    note()
        .line(
            switch (answer.orElse(new Answer.Words("no answer"))) {
              case Answer.Choice choice -> "chosen: " + choices.get(choice.index());
              case Answer.Words words -> "answered: " + words.text();
            });
    return answer;
  }

  @Override
  public boolean confirms(String question) {
    boolean yes = noting(question, s -> s.confirms(question));
    note().line(yes ? "yes" : "no");
    return yes;
  }

  @Override
  public int outside(List<String> command, Map<String, String> variables) {
    return stage.outside(command, variables);
  }

  @Override
  public void at(int line) {
    stage.at(line);
  }

  @Override
  public void failed(int code) {
    stage.failed(code);
  }

  @Override
  public String place(int line, int column) {
    return stage.place(line, column);
  }

  @Override
  public boolean keepsGoing() {
    return stage.keepsGoing();
  }

  @Override
  public Live live(String model) {
    return stage.live(model);
  }
}
