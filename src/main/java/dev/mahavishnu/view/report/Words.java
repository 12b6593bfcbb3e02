package dev.mahavishnu.view.report;

import dev.mahavishnu.run.Chronicle;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.view.StateSign;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** States and counts in words. */
final class Words {
  private Words() {}

  /** The class by which a state gets its colour. */
  static String tone(State state) {
    return StateSign.tone(state).name().toLowerCase(Locale.ROOT);
  }

  static String items(Chronicle.Items items) {
    String ends =
        items.counts().stream()
            .map(count -> number(count.items()) + " " + word(count.end()))
            .collect(Collectors.joining(", "));
    String open = items.open() > 0 ? number(items.open()) + " not done" : "";
    return number(items.size())
        + " items: "
        + ends
        + (ends.isEmpty() || open.isEmpty() ? "" : ", ")
        + open;
  }

  private static String word(MapFold.End end) {
    return end == MapFold.End.UPSTREAM_FAILED ? "not run" : end.name().toLowerCase(Locale.ROOT);
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String value(JsonNode value) {
    String text = value.isString() ? value.asString() : value.toString();
    return text.length() > 2_000 ? text.substring(0, 2_000) + "…" : text;
  }
}
