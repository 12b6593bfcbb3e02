package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.shell.Surface;

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
    return bench.in(inShell, run -> new Shown(surface.watch(run)));
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
