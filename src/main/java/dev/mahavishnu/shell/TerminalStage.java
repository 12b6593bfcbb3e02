package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Requests;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A person at a terminal. */
final class TerminalStage implements Stage {
  private final LiveTerminal terminal;
  private final Prompt prompt;
  private final Palette palette;
  private final Supplier<Path> folder;
  private final Clock clock;
  private volatile String source = "";
  private volatile int line;

  /**
   * @param folder in which programs start
   */
  TerminalStage(
      LiveTerminal terminal, Prompt prompt, Palette palette, Supplier<Path> folder, Clock clock) {
    this.terminal = terminal;
    this.prompt = prompt;
    this.palette = palette;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Says from where statements come from here on, which messages about them begin with.
   *
   * @param name of a file; empty: the person types them
   */
  void from(String name) {
    source = name;
  }

  @Override
  public void at(int number) {
    line = number;
  }

  @Override
  public String place(int number, int column) {
    return source.isEmpty() ? "" : source + ":" + number + ":" + column + ": ";
  }

  @Override
  public String name() {
    return source.isEmpty() ? Requests.NAME : source;
  }

  @Override
  public void say(String line) {
    terminal.above(line + "\n");
  }

  @Override
  public void complain(List<String> lines) {
    String first = lines.getFirst();
    boolean placed = source.isEmpty() || Cells.clean(first).startsWith(source + ":");
    say(palette.paint(Tone.BAD, placed ? first : source + ":" + line + ": " + first));
    lines.stream().skip(1).forEach(this::say);
  }

  @Override
  public int width() {
    return terminal.columns() - 1;
  }

  @Override
  public boolean agrees(String what) {
    return true;
  }

  @Override
  public void aside(String line) {
    say(palette.paint(Tone.QUIET, line));
  }

  @Override
  public boolean consents(String question, String what) {
    return confirms(question);
  }

  @Override
  public Live live(String model) {
    if (terminal.paints()) {
      return new LiveRegion(terminal, palette, clock, model);
    }
    say("asking " + model + "; Ctrl-C stops");
    return new LiveLines(this::say, true);
  }

  @Override
  public Optional<Answer> choose(String question, List<String> choices) {
    say(Cells.clean(question));
    for (int i = 0; i < choices.size(); i++) {
      say(
          "  "
              + palette.paint(Tone.TITLE, String.valueOf(i + 1))
              + "  "
              + Cells.clean(choices.get(i)));
    }
    String range = choices.size() == 1 ? "1" : "1 to " + choices.size();
    while (true) {
      String answer = prompt.answer(range + ", other words, or Enter for none: ").orElse("");
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      if (answer.matches("!.*|/[a-z]+(\\s.*)?")) {
        say("a command comes after the answer; Enter gives none");
        continue;
      }
      if (!answer.matches("\\d{1,3}")) {
        return Optional.of(new Answer.Words(answer));
      }
      int choice = Integer.parseInt(answer);
      if (choice >= 1 && choice <= choices.size()) {
        return Optional.of(new Answer.Choice(choice - 1));
      }
    }
  }

  @Override
  public boolean confirms(String question) {
    return isYes(prompt.answer(question + " [y/N] "));
  }

  static boolean isYes(Optional<String> answer) {
    return answer.filter(a -> a.equalsIgnoreCase("y") || a.equalsIgnoreCase("yes")).isPresent();
  }

  @Override
  public int outside(List<String> command, Map<String, String> variables) {
    ProcessBuilder program =
        new ProcessBuilder(command).directory(folder.get().toFile()).inheritIO();
    program.environment().putAll(variables);
    AtomicInteger code = new AtomicInteger(Exit.INTERRUPTED);
    try {
      terminal.lend(() -> code.set(Outside.run(program, this, terminal.out(), terminal.out())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (code.get() != 0) {
      complain(List.of("exit code " + code.get()));
    }
    return code.get();
  }
}
