package dev.mahavishnu.cli;

import dev.mahavishnu.view.Palette;
import java.util.Locale;

/** What a stream can show, by what the person said and what the environment says. */
final class Palettes {
  private Palettes() {}

  /**
   * @param color as configured
   * @param terminal whether the stream is one
   */
  static Palette of(Env env, Configuration.Color color, boolean terminal) {
    boolean colors =
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> terminal && wantsColor(env);
        };
    return new Palette(colors, showsUnicode(env));
  }

  private static boolean wantsColor(Env env) {
    return env.variable("NO_COLOR").isEmpty() && !env.variable("TERM").orElse("").equals("dumb");
  }

  private static boolean showsUnicode(Env env) {
    String locale =
        env.variable("LC_ALL")
            .or(() -> env.variable("LC_CTYPE"))
            .or(() -> env.variable("LANG"))
            .orElse("")
            .toUpperCase(Locale.ROOT);
    return locale.contains("UTF-8") || locale.contains("UTF8");
  }
}
