package dev.mahavishnu.cli;

import dev.mahavishnu.store.Durability;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The configuration in force. */
public record Configuration(
    PrefectConfiguration prefect,
    Engine engine,
    Stored store,
    Planner planner,
    ScheduleConfiguration schedule,
    ModelConfiguration model,
    Output output) {

  /**
   * @param concurrency most task runs at a time in one run of a flow that sets no limit itself
   * @param limits most task runs at a time that carry a tag, over all processes of a workspace
   * @param grace how long what is stopped may take to end by itself
   * @param killBound how long killing may take
   */
  public record Engine(
      int concurrency,
      List<TagLimit> limits,
      Durability durability,
      Duration grace,
      Duration killBound) {
    public Engine {
      limits = List.copyOf(limits);
    }
  }

  /** Most task runs at a time that carry the tag. */
  public record TagLimit(String tag, int limit) {}

  /**
   * @param resultLimit largest output of a task, in bytes of JSON
   * @param taskLogLimit most log text kept of one task run, in bytes
   * @param runLogLimit largest log of one run, in bytes
   */
  public record Stored(long resultLimit, long taskLogLimit, long runLogLimit) {}

  /**
   * @param timezone of times in requests that name none
   */
  public record Planner(ZoneId timezone) {}

  /**
   * @param theme which colours
   * @param pager whether text that is longer than the screen goes to the person's pager
   */
  public record Output(Color color, Colors theme, Paging pager) {}

  /** When to write colours. */
  public enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  /** Which colours suit the terminal. */
  public enum Colors {
    /** As its background is, where the terminal says so, else dark. */
    AUTO,
    DARK,
    LIGHT,
    MONO
  }

  /** When to use a pager. */
  public enum Paging {
    /** At a terminal. */
    AUTO,
    NEVER
  }

  static final Setting<Integer> ENGINE_CONCURRENCY =
      Setting.of("engine.concurrency", "16", SettingParsers.integer(1, 100_000));
  static final Setting<List<TagLimit>> ENGINE_LIMITS =
      new Setting<>(
          "engine.concurrency_limits",
          "",
          List.of("tag", "limit"),
          false,
          Configuration::tagLimits);
  static final Setting<Durability> ENGINE_DURABILITY =
      Setting.of("engine.durability", "group", SettingParsers.word(Durability.class));
  static final Setting<Duration> ENGINE_GRACE =
      Setting.of("engine.grace", "5s", SettingParsers::duration);
  static final Setting<Duration> ENGINE_KILL_BOUND =
      Setting.of("engine.kill_bound", "10s", SettingParsers::duration);
  static final Setting<Long> STORE_RESULT_LIMIT =
      Setting.of("store.result_limit", "64MiB", SettingParsers::size);
  static final Setting<Long> STORE_TASK_LOG_LIMIT =
      Setting.of("store.task_log_limit", "10MiB", SettingParsers::size);
  static final Setting<Long> STORE_RUN_LOG_LIMIT =
      Setting.of("store.run_log_limit", "256MiB", SettingParsers::size);
  static final Setting<ZoneId> PLANNER_TIMEZONE =
      Setting.of("planner.timezone", "UTC", SettingParsers::zone);
  static final Setting<Color> OUTPUT_COLOR =
      Setting.of("output.color", "auto", SettingParsers.word(Color.class));
  static final Setting<Colors> OUTPUT_THEME =
      Setting.of("output.theme", "auto", SettingParsers.word(Colors.class));
  static final Setting<Paging> OUTPUT_PAGER =
      Setting.of("output.pager", "auto", SettingParsers.word(Paging.class));

  /** Every key there is, in the order of the shipped file. */
  static final List<Setting<?>> SETTINGS =
      Stream.of(
              PrefectConfiguration.SETTINGS,
              List.of(
                  ENGINE_CONCURRENCY,
                  ENGINE_LIMITS,
                  ENGINE_DURABILITY,
                  ENGINE_GRACE,
                  ENGINE_KILL_BOUND,
                  STORE_RESULT_LIMIT,
                  STORE_TASK_LOG_LIMIT,
                  STORE_RUN_LOG_LIMIT,
                  PLANNER_TIMEZONE),
              ScheduleConfiguration.SETTINGS,
              ModelConfiguration.SETTINGS,
              List.<Setting<?>>of(OUTPUT_COLOR, OUTPUT_THEME, OUTPUT_PAGER))
          .flatMap(List::stream)
          .toList();

  static Configuration of(Settings settings) {
    return new Configuration(
        PrefectConfiguration.of(settings),
        new Engine(
            settings.get(ENGINE_CONCURRENCY),
            settings.get(ENGINE_LIMITS),
            settings.get(ENGINE_DURABILITY),
            settings.get(ENGINE_GRACE),
            settings.get(ENGINE_KILL_BOUND)),
        new Stored(
            settings.get(STORE_RESULT_LIMIT),
            settings.get(STORE_TASK_LOG_LIMIT),
            settings.get(STORE_RUN_LOG_LIMIT)),
        new Planner(settings.get(PLANNER_TIMEZONE)),
        ScheduleConfiguration.of(settings),
        ModelConfiguration.of(settings),
        new Output(
            settings.get(OUTPUT_COLOR), settings.get(OUTPUT_THEME), settings.get(OUTPUT_PAGER)));
  }

  private static List<TagLimit> tagLimits(String text) {
    List<TagLimit> limits = new ArrayList<>();
    for (String item : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int equals = item.lastIndexOf('=');
      String tag = equals < 0 ? "" : item.substring(0, equals).strip();
      if (tag.isEmpty()) {
        throw new IllegalArgumentException("expected a list of {tag: NAME, limit: NUMBER}");
      }
      int limit = SettingParsers.integer(1, 100_000).parse(item.substring(equals + 1).strip());
      if (limits.stream().anyMatch(l -> l.tag().equals(tag))) {
        throw new IllegalArgumentException("tag `" + tag + "` has two limits");
      }
      limits.add(new TagLimit(tag, limit));
    }
    return limits;
  }
}
