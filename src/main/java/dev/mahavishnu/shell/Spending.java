package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Dollars;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.view.Palette;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the models of a session took. Safe for several threads. */
final class Spending {
  private final Map<String, Usage> used = new LinkedHashMap<>();

  synchronized void add(String model, Usage usage) {
    used.merge(model, usage, Usage::plus);
  }

  /** A line each, and one for all where there are several; none where no model was asked. */
  synchronized List<String> lines(Palette palette) {
    List<String> lines = new ArrayList<>();
    used.forEach((model, usage) -> lines.add(model + ": " + calls(usage, palette)));
    if (used.size() > 1) {
      Usage all = used.values().stream().reduce(Usage.NONE, Usage::plus);
      lines.add("together: " + calls(all, palette));
    }
    return lines;
  }

  private static String calls(Usage usage, Palette palette) {
    String price = usage.dollars().isEmpty() ? separator(palette) + "price not known" : "";
    return usage.calls()
        + (usage.calls() == 1 ? " call" : " calls")
        + separator(palette)
        + text(usage, palette)
        + price;
  }

  /** {@code 3.1 s · 812 → 240 tokens · $0.0021}; the price only where it is known. */
  static String text(Usage usage, Palette palette) {
    String arrow = palette.unicode() ? " → " : " -> ";
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "%.1f s", usage.time().toMillis() / 1000.0));
    parts.add(String.format(Locale.ROOT, "%,d%s%,d tokens", usage.input(), arrow, usage.output()));
    usage.dollars().filter(d -> d.signum() > 0).map(Dollars::shown).ifPresent(parts::add);
    return String.join(separator(palette), parts);
  }

  static String separator(Palette palette) {
    return palette.unicode() ? " · " : ", ";
  }
}
