package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Permission;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a person can allow beforehand. */
final class McpPermissions {
  static final Permission SAVE = new Permission("save", false);
  static final Permission TRIGGER = new Permission("trigger", false);
  static final Permission RESUME = new Permission("resume", false);
  static final Permission RETRY = new Permission("retry", false);
  static final Permission PAUSE = new Permission("pause", false);
  static final Permission CANCEL = new Permission("cancel", false);

  /** Stopping a run, changing it while it stands, and having it go on from there. */
  static final Permission DEBUG = new Permission("debug", false);

  /** An approval is asked of a person: nothing that stands for everything answers it. */
  static final Permission APPROVE = new Permission("approve", true);

  static final Permission DENY = new Permission("deny", true);

  private static final List<Permission> ALL =
      List.of(SAVE, TRIGGER, RESUME, RETRY, PAUSE, CANCEL, DEBUG, APPROVE, DENY);

  private McpPermissions() {}

  /**
   * The words, each once.
   *
   * @throws CommandFailure where one means nothing
   */
  static Set<String> checked(List<String> words) {
    List<String> known = ALL.stream().map(Permission::word).toList();
    Set<String> checked = new TreeSet<>();
    for (String word : words) {
      String plain = word.strip();
      if (!known.contains(plain)) {
        throw CommandFailure.usage(
            "--allow "
                + plain
                + ": nothing is called that; there are "
                + String.join(", ", known)
                + Hints.like(plain, known));
      }
      checked.add(plain);
    }
    return checked;
  }
}
