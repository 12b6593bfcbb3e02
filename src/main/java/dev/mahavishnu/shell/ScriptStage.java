package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A script: nobody is there to ask. */
final class ScriptStage implements Stage {
  private final Script script;
  private final PrintStream out;
  private final PrintStream err;
  private final Path folder;
  private int line;
  private boolean complained;

  ScriptStage(Script script, PrintStream out, PrintStream err, Path folder) {
    this.script = script;
    this.out = out;
    this.err = err;
    this.folder = folder;
  }

  @Override
  public void at(int number) {
    line = number;
    complained = false;
  }

  @Override
  public String place(int number, int column) {
    return script.name() + ":" + number + ":" + column + ": ";
  }

  @Override
  public boolean keepsGoing() {
    return script.keepGoing();
  }

  @Override
  public void failed(int code) {
    if (!complained) {
      complain(List.of("ended with exit code " + code));
    }
  }

  @Override
  public String name() {
    return script.name();
  }

  @Override
  public void say(String text) {
    out.println(text);
  }

  @Override
  public void complain(List<String> lines) {
    complained = true;
    out.flush();
    // Problems of a flow say themselves where they are.
    boolean placed = Cells.clean(lines.getFirst()).startsWith(script.name() + ":");
    err.println((placed ? "" : script.name() + ":" + line + ": ") + lines.getFirst());
    lines.stream().skip(1).forEach(err::println);
    err.flush();
  }

  @Override
  public int width() {
    return 200;
  }

  @Override
  public boolean agrees(String what) {
    if (!script.yes()) {
      complain(List.of(what + ", and a script needs --yes for that; nothing was run"));
    }
    return script.yes();
  }

  @Override
  public void aside(String text) {
    out.flush();
    err.println(text);
    err.flush();
  }

  @Override
  public boolean consents(String question, String what) {
    return agrees(what);
  }

  @Override
  public Live live(String model) {
    return new LiveLines(this::aside, false);
  }

  @Override
  public Optional<Answer> choose(String question, List<String> choices) {
    complain(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(Cells.clean(question) + " Say it in one of these ways:"),
                choices.stream().map(c -> "  " + Cells.clean(c)))
            .toList());
    return Optional.empty();
  }

  @Override
  public boolean confirms(String question) {
    return false;
  }

  @Override
  public int outside(List<String> command, Map<String, String> variables) {
    out.flush();
    err.flush();
    ProcessBuilder program = new ProcessBuilder(command).directory(folder.toFile());
    program.environment().putAll(variables);
    boolean ours = script.streams() == Script.Streams.NONE;
    program.redirectInput(
        script.streams() == Script.Streams.ALL
            ? ProcessBuilder.Redirect.INHERIT
            : ProcessBuilder.Redirect.from(new File("/dev/null")));
    if (!ours) {
      program.redirectOutput(ProcessBuilder.Redirect.INHERIT);
      program.redirectError(ProcessBuilder.Redirect.INHERIT);
    }
    return Outside.run(program, this, out, err);
  }
}
