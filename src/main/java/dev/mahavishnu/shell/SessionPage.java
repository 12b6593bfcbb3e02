package dev.mahavishnu.shell;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A session as Markdown: what was said, and what was answered. */
final class SessionPage {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private SessionPage() {}

  static List<String> lines(Transcript session, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    lines.add("# Session " + session.id());
    List<Exchange> exchanges = session.read();
    if (!exchanges.isEmpty()) {
      lines.add("");
      lines.add(
          "Begun " + DAY.withZone(zone).format(exchanges.getFirst().at()) + " (" + zone + ").");
    }
    exchanges.forEach(e -> add(lines, e, TIME.withZone(zone)));
    return lines;
  }

  private static void add(List<String> lines, Exchange exchange, DateTimeFormatter time) {
    lines.addAll(List.of("", "## " + time.format(exchange.at()), ""));
    block(lines, exchange.said().lines().toList());
    if (!exchange.shown().isEmpty()) {
      lines.add("");
      block(lines, exchange.shown());
    }
    List<String> beside = new ArrayList<>();
    exchange.model().ifPresent(model -> beside.add(beside(model, exchange)));
    if (exchange.exit() != Exit.COMPLETED) {
      beside.add("ended with exit code " + exchange.exit());
    }
    if (!beside.isEmpty()) {
      lines.addAll(List.of("", "*" + String.join("; ", beside) + "*"));
    }
  }

  private static String beside(String model, Exchange exchange) {
    return model.replace("*", "\\*")
        + ": "
        + Spending.text(exchange.usage(), dev.mahavishnu.view.Palette.ASCII);
  }

  /** Between fences that are longer than any within. */
  private static void block(List<String> lines, List<String> text) {
    int ticks = 3;
    for (String line : text) {
      int run = 0;
      for (int i = 0; i < line.length(); i++) {
        run = line.charAt(i) == '`' ? run + 1 : 0;
        ticks = Math.max(ticks, run + 1);
      }
    }
    lines.add("`".repeat(ticks) + "text");
    lines.addAll(text);
    lines.add("`".repeat(ticks));
  }
}
