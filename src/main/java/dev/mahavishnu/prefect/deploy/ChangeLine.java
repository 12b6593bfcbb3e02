package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.ServerSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of what is to change. The text may hold what a server told.
 *
 * @param text without the sign
 */
public record ChangeLine(Sign sign, String text) {
  /** What a line means. */
  public enum Sign {
    COMES,
    GOES,
    CHANGES
  }

  /** The deployment, and under it what of it changes; first a pool that is made for it. */
  static List<ChangeLine> of(DeploymentPlan plan) {
    List<ChangeLine> pools = new ArrayList<>();
    List<ChangeLine> lines = new ArrayList<>();
    plan.changes()
        .forEach(
            change -> {
              switch (change) {
                case Change.PoolMade c ->
                    pools.add(comes("work pool " + c.pool() + " (type " + c.type() + ")"));
                case Change.Content c -> content(c, lines);
                case Change.Field c -> field(c.name() + ": ", c.before(), c.after(), lines);
                case Change.ScheduleAdded c ->
                    lines.add(comes("  " + schedule(c.slug(), c.when(), c.active())));
                case Change.ScheduleRemoved c ->
                    lines.add(goes("  " + schedule(c.slug(), c.before(), true)));
                case Change.TriggerAdded c -> lines.add(comes("  trigger " + c.trigger().text()));
                case Change.TriggerChanged c ->
                    lines.add(new ChangeLine(Sign.CHANGES, "  trigger " + c.trigger().text()));
                case Change.TriggerRemoved c -> lines.add(goes("  trigger " + c.name()));
                case Change.ScheduleChanged c -> {
                  lines.add(goes("  " + schedule(c.slug(), c.before(), c.wasActive())));
                  lines.add(comes("  " + schedule(c.slug(), c.after(), c.active())));
                }
              }
            });
    if (!lines.isEmpty()) {
      Sign sign = plan.has().isEmpty() ? Sign.COMES : Sign.CHANGES;
      pools.add(new ChangeLine(sign, "deployment " + plan.wanted().shown()));
    }
    pools.addAll(lines);
    return List.copyOf(pools);
  }

  private static void content(Change.Content change, List<ChangeLine> lines) {
    Optional<String> before = change.before().map(Bundle::hash);
    String after = change.after().hash();
    if (!before.equals(Optional.of(after))) {
      field("content: ", before.map(ChangeLine::brief), Optional.of(brief(after)), lines);
    } else {
      lines.add(new ChangeLine(Sign.CHANGES, "  content: " + brief(after) + ", stored anew"));
    }
    change.after().changesFrom(change.before()).forEach(lines::add);
  }

  private static String brief(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }

  private static void field(
      String name, Optional<String> before, Optional<String> after, List<ChangeLine> lines) {
    before.ifPresent(text -> lines.add(goes("  " + name + text)));
    after.ifPresent(text -> lines.add(comes("  " + name + text)));
  }

  private static String schedule(String slug, ServerSchedule when, boolean active) {
    String name = slug.isEmpty() ? "schedule: " : "schedule " + slug + ": ";
    return name + ScheduleTexts.text(when) + (active ? "" : ", paused");
  }

  static ChangeLine comes(String text) {
    return new ChangeLine(Sign.COMES, text);
  }

  static ChangeLine goes(String text) {
    return new ChangeLine(Sign.GOES, text);
  }
}
