package dev.mahavishnu.shell;

import dev.mahavishnu.view.Palette;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The shell at this terminal, in a {@link TestPlace} with a {@link TestAssistant}. */
final class TestShell {
  private TestShell() {}

  /** Begins with the session that is named, if any; {@code newest} is the newest. */
  public static void main(String[] args) {
    Path folder = Path.of("").toAbsolutePath();
    Beginning beginning =
        args.length == 0
            ? new Beginning.Fresh()
            : args[0].equals("newest") ? new Beginning.Newest() : new Beginning.Of(args[0]);
    Palette palette = new Palette(true, true);
    int code =
        Interactive.run(
            surface -> {
              TestPlace place = new TestPlace(folder);
              place.palette = palette;
              place.interrupting = surface::onInterrupt;
              place.assistant = Optional.of(new TestAssistant(folder));
              return place;
            },
            palette,
            System.getenv(),
            Clock.systemUTC(),
            beginning,
            true);
    Runtime.getRuntime().halt(code);
  }
}
