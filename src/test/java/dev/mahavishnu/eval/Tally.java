package dev.mahavishnu.eval;

import dev.mahavishnu.eval.Verdict.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results, counted: a row for each group and one for all. */
final class Tally {
  private static final List<Kind> ALWAYS =
      List.of(
          Kind.RIGHT,
          Kind.WRONG,
          Kind.ASKED_RIGHTLY,
          Kind.ASKED_WRONGLY,
          Kind.REFUSED_RIGHTLY,
          Kind.REFUSED_WRONGLY,
          Kind.NOT_UNDERSTOOD);

  private record Row(
      int turns, Map<Kind, Integer> kinds, int repairs, long input, long output, Duration time) {}

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<Kind> kinds = new ArrayList<>(ALWAYS);

  Tally(List<Result> results) {
    Map<String, List<Result>> groups = new LinkedHashMap<>();
    results.forEach(r -> groups.computeIfAbsent(r.of().group(), _ -> new ArrayList<>()).add(r));
    groups.forEach((group, in) -> rows.put(group, row(in)));
    Row sum = row(results);
    rows.put("all", sum);
    for (Kind kind : Kind.values()) {
      if (!kinds.contains(kind) && sum.kinds.containsKey(kind)) {
        kinds.add(kind);
      }
    }
  }

  private static Row row(List<Result> results) {
    Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    results.forEach(r -> kinds.merge(r.verdict().kind(), 1, Integer::sum));
    return new Row(
        results.size(),
        kinds,
        results.stream().mapToInt(Result::repairs).sum(),
        results.stream().mapToLong(r -> r.usage().input()).sum(),
        results.stream().mapToLong(r -> r.usage().output()).sum(),
        results.stream().map(Result::time).reduce(Duration.ZERO, Duration::plus));
  }

  int count(Kind kind) {
    return rows.get("all").kinds.getOrDefault(kind, 0);
  }

  /** As a table of Markdown, which is as well to be read on a terminal. */
  String table() {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("group", "turns"));
    kinds.forEach(k -> head.add(k.words()));
    head.addAll(List.of("repairs", "tokens in", "tokens out", "seconds"));
    lines.add(head);
    rows.forEach((name, row) -> lines.add(line(name, row)));
    int[] widths = new int[head.size()];
    lines.forEach(
        line -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    for (int l = 0; l < lines.size(); l++) {
      print(text, lines.get(l), widths);
      if (l == 0) {
        rule(text, widths);
      }
    }
    return text.toString();
  }

  private List<String> line(String name, Row row) {
    List<String> line = new ArrayList<>(List.of(name, Integer.toString(row.turns)));
    kinds.forEach(k -> line.add(Integer.toString(row.kinds.getOrDefault(k, 0))));
    line.add(Integer.toString(row.repairs));
    line.add(Long.toString(row.input));
    line.add(Long.toString(row.output));
    line.add(String.format(Locale.ROOT, "%.1f", row.time.toMillis() / 1000.0));
    return line;
  }

  private static void print(StringBuilder text, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String blank = " ".repeat(widths[i] - cell.length());
      text.append("| ").append(i == 0 ? cell + blank : blank + cell).append(' ');
    }
    text.append("|\n");
  }

  private static void rule(StringBuilder text, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      text.append('|').append(i == 0 ? ":" : "-").append("-".repeat(widths[i]));
      text.append(i == 0 ? "-" : ":");
    }
    text.append("|\n");
  }
}
