package dev.mahavishnu.view.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a drawing as a person does: follows the lines from a task until they end in tips, and knows
 * nothing of how it was drawn. Lines run in the direction of the drawing and never against it; an
 * upright line that is met from the side is crossed.
 */
final class DrawingReader {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");
  private static final String LEFT = "─┘┐┤┴┬┼";
  private static final String RIGHT = "─└┌├┴┬┼";
  private static final String UP = "│┘└┤├┴┼";
  private static final String DOWN = "│┐┌┤├┬┼";

  private final List<String> lines;
  private final boolean across;
  private final Map<List<Integer>, String> names = new HashMap<>();

  private record Step(int x, int y, int dx, int dy) {}

  DrawingReader(List<String> lines, boolean across) {
    this.lines = lines;
    this.across = across;
    for (int y = 0; y < lines.size(); y++) {
      Matcher name = NAME.matcher(lines.get(y));
      while (name.find()) {
        for (int x = name.start(); x < name.end(); x++) {
          names.put(List.of(x, y), name.group());
        }
      }
    }
  }

  Set<String> names() {
    return new HashSet<>(names.values());
  }

  private char at(int x, int y) {
    return y < 0 || y >= lines.size() || x < 0 || x >= lines.get(y).length()
        ? ' '
        : lines.get(y).charAt(x);
  }

  Set<Edge> edges() {
    Set<Edge> edges = new HashSet<>();
    for (int y = 0; y < lines.size(); y++) {
      Matcher name = NAME.matcher(lines.get(y));
      while (name.find()) {
        if (across) {
          follow(name.group(), new Step(name.end(), y, 1, 0), edges);
        } else {
          for (int x = name.start(); x < name.end(); x++) {
            follow(name.group(), new Step(x, y, 0, 1), edges);
          }
        }
      }
    }
    return edges;
  }

  /** Follows all that begins at a place and goes on in a direction. */
  private void follow(String from, Step start, Set<Edge> edges) {
    Deque<Step> open = new ArrayDeque<>(List.of(start));
    Set<Step> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Step at = open.remove();
      if (!seen.add(at)) {
        continue;
      }
      int x = at.x() + at.dx();
      int y = at.y() + at.dy();
      char sign = at(x, y);
      if (sign == '►' || sign == '▼') {
        edges.add(new Edge(from, behind(x + (across ? 1 : 0), y + (across ? 0 : 1))));
      } else if (at.dx() != 0 && sign == '│') {
        open.add(new Step(x, y, at.dx(), 0));
      } else if (enters(sign, at)) {
        turn(open, sign, at, x, y);
      }
    }
  }

  private static boolean enters(char sign, Step step) {
    String arms = step.dx() > 0 ? LEFT : step.dx() < 0 ? RIGHT : step.dy() > 0 ? UP : DOWN;
    return arms.indexOf(sign) >= 0;
  }

  private void turn(Deque<Step> open, char sign, Step from, int x, int y) {
    for (Step next :
        List.of(
            new Step(x, y, 1, 0),
            new Step(x, y, -1, 0),
            new Step(x, y, 0, 1),
            new Step(x, y, 0, -1))) {
      boolean back = next.dx() == -from.dx() && next.dy() == -from.dy();
      boolean against = across ? next.dx() < 0 : next.dy() < 0;
      String arms = next.dx() > 0 ? RIGHT : next.dx() < 0 ? LEFT : next.dy() > 0 ? DOWN : UP;
      if (!back && !against && arms.indexOf(sign) >= 0) {
        open.add(next);
      }
    }
  }

  /** The task behind a tip, through the bracket that may stand between. */
  private String behind(int x, int y) {
    Deque<List<Integer>> open = new ArrayDeque<>(List.of(List.of(x, y)));
    Set<List<Integer>> seen = new HashSet<>();
    while (!open.isEmpty()) {
      List<Integer> at = open.remove();
      int ax = at.getFirst();
      int ay = at.getLast();
      int nameX = ax + (across ? 1 : 0);
      if (names.containsKey(at)) {
        return names.get(at);
      }
      if (!seen.add(at)) {
        continue;
      }
      char sign = at(ax, ay);
      if (across
          && (sign == ' ' || RIGHT.indexOf(sign) >= 0)
          && names.containsKey(List.of(nameX, ay))) {
        return names.get(List.of(nameX, ay));
      }
      if (RIGHT.indexOf(sign) >= 0) {
        open.add(List.of(ax + 1, ay));
      }
      if (LEFT.indexOf(sign) >= 0 && !across) {
        open.add(List.of(ax - 1, ay));
      }
      if (UP.indexOf(sign) >= 0 && across) {
        open.add(List.of(ax, ay - 1));
      }
      if (DOWN.indexOf(sign) >= 0) {
        open.add(List.of(ax, ay + 1));
      }
    }
    throw new AssertionError("nothing behind " + x + "," + y + " of\n" + String.join("\n", lines));
  }
}
