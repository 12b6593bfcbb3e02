package dev.mahavishnu.house;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plan of the house, as {@code docs/house.md} says it, and what breaks it.
 *
 * @param rooms each room, in the page's order, with the rooms that it may import
 * @param owners what has owners, a package or "System.out", with the rooms that may use it
 */
record House(Map<String, Set<String>> rooms, Map<String, Set<String>> owners) {
  private static final String ROOT = "dev.mahavishnu.";

  static House read(Path page) throws IOException {
    List<String[]> rows =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(1).split("\\|"))
            .toList();
    Map<String, Set<String>> rooms = new LinkedHashMap<>();
    Map<String, Set<String>> owners = new LinkedHashMap<>();
    for (String[] row : rows) {
      String last = row[row.length - 1].strip();
      if (row.length == 3) {
        rooms.put(quoted(row[0]).getFirst(), names(last, rooms.keySet()));
      } else {
        quoted(row[0]).forEach(owned -> owners.put(owned, names(last, rooms.keySet())));
      }
    }
    return new House(rooms, owners);
  }

  private static List<String> quoted(String cell) {
    String[] parts = cell.split("`");
    return Stream.iterate(1, i -> i < parts.length, i -> i + 2).map(i -> parts[i]).toList();
  }

  private static Set<String> names(String cell, Set<String> above) {
    return switch (cell) {
      case "–" -> Set.of();
      case "all above" -> new LinkedHashSet<>(above);
      default -> new LinkedHashSet<>(Arrays.asList(cell.split(", ")));
    };
  }

  /** The room of a class of ours; the rest of the world has none. */
  static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.")[0] : "";
  }

  /** Each use by this class of a room that its own room may not import. */
  Stream<String> trespasses(JavaClass type) {
    Set<String> allowed = rooms.getOrDefault(room(type), Set.of());
    return type.getDirectDependenciesFromSelf().stream()
        .filter(use -> !room(use.getTargetClass()).isEmpty())
        .filter(use -> !room(use.getTargetClass()).equals(room(type)))
        .filter(use -> !allowed.contains(room(use.getTargetClass())))
        .map(use -> use.getDescription());
  }

  /** Each use by this class of what other rooms own. */
  Stream<String> thefts(JavaClass type) {
    Stream<String> packages =
        type.getDirectDependenciesFromSelf().stream()
            .filter(use -> isOthers(type, use.getTargetClass().getPackageName()))
            .map(use -> use.getDescription());
    Stream<String> streams =
        type.getFieldAccessesFromSelf().stream()
            .filter(access -> access.getTargetOwner().getFullName().equals("java.lang.System"))
            .filter(access -> isOthers(type, "System." + access.getTarget().getName()))
            .map(access -> access.getDescription());
    return Stream.concat(packages, streams);
  }

  private boolean isOthers(JavaClass type, String used) {
    return owners.entrySet().stream()
        .filter(owner -> (used + ".").startsWith(owner.getKey() + "."))
        .anyMatch(owner -> !owner.getValue().contains(room(type)));
  }
}
