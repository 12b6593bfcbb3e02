package dev.mahavishnu.cli;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Theme;
import java.util.Locale;
import java.util.Set;

/** What a stream can show, by what the person said and what the environment says. */
final class Palettes {
  /** The light ones of the sixteen colours, as COLORFGBG numbers them. */
  private static final Set<String> LIGHT = Set.of("7", "15");

  private Palettes() {}

  /**
   * @param output as configured
   * @param terminal whether the stream is one
   */
  static Palette of(Env env, Configuration.Output output, boolean terminal) {
    boolean colors =
        switch (output.color()) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> terminal && wantsColor(env);
        };
    return new Palette(colors, showsUnicode(env), theme(env, output.theme()));
  }

  private static boolean wantsColor(Env env) {
    return env.variable("NO_COLOR").isEmpty() && !env.variable("TERM").orElse("").equals("dumb");
  }

  /** To ask the terminal for its background would throw away what was typed before the prompt. */
  private static Theme theme(Env env, Configuration.Colors colors) {
    return switch (colors) {
      case DARK -> Theme.DARK;
      case LIGHT -> Theme.LIGHT;
      case MONO -> Theme.MONO;
      case AUTO -> {
        String colorOfBackground = env.variable("COLORFGBG").orElse("");
        String last = colorOfBackground.substring(colorOfBackground.lastIndexOf(';') + 1);
        yield LIGHT.contains(last) ? Theme.LIGHT : Theme.DARK;
      }
    };
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
