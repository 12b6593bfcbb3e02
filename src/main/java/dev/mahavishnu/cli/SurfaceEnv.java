package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.shell.Surface;
import java.util.List;

/** The interactive shell's screen, as commands see it. */
final class SurfaceEnv {
  private SurfaceEnv() {}

  /** A workbench whose commands print above the prompt. */
  static Workbench bench(Workbench bench, Surface surface) {
    Env env = bench.env();
    Screen screen =
        new Screen(true, true, true, () -> new Screen.Size(surface.columns(), surface.rows()));
    Interrupts interrupts =
        first -> {
          Surface.Hold hold = surface.onInterrupt(first);
          return hold::close;
        };
    Env inShell =
        new Env(
            env.stdin(),
            surface.out(),
            surface.err(),
            env.variables(),
            env.cwd(),
            screen,
            interrupts,
            env.clock());
    return bench.in(inShell, new InShell(surface));
  }

  /** What a command may ask of the screen. */
  private record InShell(Surface surface) implements Workbench.Displays {
    @Override
    public RunDisplay of(RunId run, RunHistory history) {
      return new Shown(surface.watch(run, history));
    }

    @Override
    public Board board() {
      Surface.Board board = surface.board();
      return new Board() {
        @Override
        public void paint(List<String> lines) {
          board.paint(lines);
        }

        @Override
        public void close() {
          board.close();
        }
      };
    }

    @Override
    public int lend(List<String> command) {
      return surface.lend(command);
    }
  }

  /** A run under the prompt. */
  private record Shown(Surface.Watch watch) implements RunDisplay {
    @Override
    public void show(Recorded recorded) {
      watch.show(recorded);
    }

    @Override
    public void recall(Recorded recorded) {
      watch.recall(recorded);
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}
