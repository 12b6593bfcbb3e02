package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Call;
import dev.mahavishnu.mcp.ToolResult;
import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the tasks of a run printed, a page at a time. */
final class McpLogs {
  static final int MOST = 1000;
  static final int USUAL = 200;

  /** Where a page begins: in the page of the store at an offset, after so many lines. */
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})\\+(\\d{1,9})");

  /** Lines of a resource, which has no pages. */
  private static final int TAIL = 2000;

  private final Workbench bench;

  McpLogs(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Lines of a log.
   *
   * @param next where the next page begins, or this one where there is no more now
   */
  private record Page(List<LogLine> lines, Place next, boolean more) {}

  private record Place(long offset, int skip) {
    static Place of(String cursor) {
      Matcher place = CURSOR.matcher(cursor.isEmpty() ? "0+0" : cursor);
      if (!place.matches()) {
        throw CommandFailure.usage(
            "no cursor `" + cursor + "`: say the next_cursor of the page before");
      }
      return new Place(Long.parseLong(place.group(1)), Integer.parseInt(place.group(2)));
    }

    @Override
    public String toString() {
      return offset + "+" + skip;
    }
  }

  ToolResult read(Call call) {
    McpWords words = new McpWords(call.arguments());
    RunId run = new Runs(bench).find(words.text("run"));
    int limit = words.number("limit", USUAL);
    Predicate<LogLine> chosen = chosen(words);
    Page page =
        words.flag("tail")
            ? tail(run, limit, chosen)
            : page(run, Place.of(words.text("cursor")), limit, chosen);
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("run", run.text());
    content.put("next_cursor", page.next().toString()).put("more", page.more());
    ArrayNode lines = content.putArray("lines");
    page.lines().forEach(line -> lines.add(LogLines.node(line)));
    String text = page.lines().stream().map(McpLogs::text).collect(Collectors.joining("\n"));
    return new ToolResult.Done(
        (text.isEmpty() ? "no lines" : text)
            + (page.more() ? "\n… more with cursor " + page.next() : ""),
        content);
  }

  private static Predicate<LogLine> chosen(McpWords words) {
    String task = words.text("task");
    int attempt = words.number("attempt", -1);
    return line ->
        (task.isEmpty() || LogLines.isOf(line, task)) && (attempt < 0 || line.attempt() == attempt);
  }

  private static String text(LogLine line) {
    return line.task().text() + " | " + line.text();
  }

  private Page page(RunId run, Place from, int limit, Predicate<LogLine> chosen) {
    RunHistory history = bench.store().history();
    List<LogLine> lines = new ArrayList<>();
    long offset = from.offset();
    int skip = from.skip();
    while (true) {
      LogPage page = history.logs(run, offset);
      List<LogLine> all = page.lines();
      for (int i = Math.min(skip, all.size()); i < all.size(); i++) {
        if (lines.size() == limit) {
          return new Page(lines, new Place(offset, i), true);
        }
        if (chosen.test(all.get(i))) {
          lines.add(all.get(i));
        }
      }
      if (page.next() == offset) {
        return new Page(lines, new Place(offset, 0), false);
      }
      offset = page.next();
      skip = 0;
    }
  }

  private Page tail(RunId run, int limit, Predicate<LogLine> chosen) {
    RunHistory history = bench.store().history();
    Deque<LogLine> last = new ArrayDeque<>();
    long offset = 0;
    while (true) {
      LogPage page = history.logs(run, offset);
      for (LogLine line : page.lines()) {
        if (chosen.test(line)) {
          last.add(line);
          if (last.size() > limit) {
            last.remove();
          }
        }
      }
      if (page.next() == offset) {
        return new Page(List.copyOf(last), new Place(offset, 0), false);
      }
      offset = page.next();
    }
  }

  /** The end of a run's log. */
  String end(RunId run) {
    return tail(run, TAIL, _ -> true).lines().stream()
        .map(McpLogs::text)
        .collect(Collectors.joining("\n"));
  }
}
