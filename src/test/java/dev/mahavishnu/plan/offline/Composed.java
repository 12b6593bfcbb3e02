package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A request put together at random of forms whose meaning is known, with the flow that it means;
 * the flow is written by this class alone, without the grammar.
 *
 * @param flow YAML
 */
record Composed(String text, String flow) {
  private static final List<String> THEN =
      List.of(
          " then ", ", then ", " and then ", ". Then ", ", next ", "; after that ", "\nfinally ");
  private static final List<String> RUN = List.of("run ", "Run ", "execute ", "runs ");

  static Request request(String text) {
    return Request.of(text, WorkspaceView.of(Set.of("etl"), _ -> true));
  }

  Request request() {
    return request(text);
  }

  /** A step: what is said, and its fields without id and dependencies. */
  private record Piece(String id, String said, String fields) {}

  /** A phrase and what it means. */
  private record Meaning(String said, String meant) {}

  static Composed of(Random random) {
    StringBuilder text = new StringBuilder();
    StringBuilder tasks = new StringBuilder();
    Meaning schedule = pick(random, schedules());
    boolean scheduled = random.nextInt(3) > 0;
    boolean first = random.nextBoolean();
    if (scheduled && first) {
      text.append(schedule.said).append(pick(random, List.of(" ", ", ")));
    }
    List<String> before = List.of();
    List<String> ids = new ArrayList<>();
    int groups = 1 + random.nextInt(4);
    for (int i = 0; i < groups; i++) {
      text.append(i == 0 ? "" : pick(random, THEN));
      before = group(random, text, tasks, before, ids);
    }
    Meaning each = pick(random, forEachStep());
    boolean retried = random.nextBoolean();
    if (retried) {
      text.append(pick(random, List.of(", ", ". ", "\n"))).append(each.said);
    }
    if (scheduled && !first) {
      text.append(". ").append(schedule.said);
    }
    String all = tasks.toString().replace("EACH", retried ? each.meant : "");
    String name = ids.size() == 1 ? ids.getFirst() : ids.getFirst() + "_to_" + ids.getLast();
    String flow =
        "flow: %s%ntasks:%n%s%s"
            .formatted(name, all, scheduled ? "schedules: [" + schedule.meant + "]\n" : "");
    return new Composed(text.toString(), flow);
  }

  /** One step, or several in parallel; gives the ids. */
  private static List<String> group(
      Random random,
      StringBuilder text,
      StringBuilder tasks,
      List<String> before,
      List<String> ids) {
    int size = 1 + random.nextInt(3);
    List<String> group = new ArrayList<>();
    boolean prefix = size > 1 && random.nextBoolean();
    text.append(prefix ? "in parallel " : "");
    for (int i = 0; i < size; i++) {
      Piece piece = piece(random, ids.size(), before);
      String joint = i == 0 ? "" : i == size - 1 ? " and " : ", ";
      text.append(joint).append(piece.said);
      String depends = before.isEmpty() ? "" : ", depends_on: [" + String.join(", ", before) + "]";
      tasks.append("  - {id: %s, %s%sEACH}%n".formatted(piece.id, piece.fields, depends));
      ids.add(piece.id);
      group.add(piece.id);
    }
    text.append(size > 1 && !prefix ? " in parallel" : "");
    return group;
  }

  private static Piece piece(Random random, int number, List<String> before) {
    int kind = random.nextInt(9);
    String id = (kind == 6 ? "m" : "s") + number;
    String earlier = before.stream().filter(b -> b.startsWith("s")).findFirst().orElse("");
    String run = pick(random, RUN);
    String env = " with MODE set to full, A_B set to 3 and ENV set to \"x y\"";
    return switch (earlier.isEmpty() ? kind % 7 : kind) {
      case 0 -> new Piece(id, run + "./" + id + ".sh as " + id, shell("./" + id + ".sh"));
      case 1 -> new Piece(id, run + "\"make all | tee log\" as " + id, shell("make all | tee log"));
      case 2 ->
          new Piece(
              id,
              run + "jobs/" + id + ".sh --fast -n=3 as " + id + " in the folder data",
              shell("jobs/" + id + ".sh --fast -n=3") + ", working_dir: data");
      case 3 ->
          new Piece(
              id,
              "call PUT https://example.org/" + id + " with body {\"a\": [1, \"and b\"]} as " + id,
              "type: http, method: PUT, url: 'https://example.org/"
                  + id
                  + "', body: {a: [1, and b]}");
      case 4 ->
          new Piece(
              id,
              "wait for approval \"go, then?\" as " + id,
              "type: approval, message: 'go, then?'");
      case 5 ->
          new Piece(
              id,
              run + "./" + id + ".sh" + env + " as " + id,
              shell("./" + id + ".sh")
                  + ", env: [{name: MODE, value: full}, {name: A_B, value: '3'}, {name: ENV, value:"
                  + " x y}]");
      case 6 ->
          new Piece(
              id,
              run + "./" + id + ".sh with x for each x in 1 to 3, 2 at a time as " + id,
              shell("./" + id + ".sh ${{ item }}") + ", map: [1, 2, 3], concurrency: 2");
      case 7 ->
          new Piece(
              id,
              run + "./" + id + ".sh with the output of " + earlier + " as " + id,
              shell("./" + id + ".sh ${{ tasks." + earlier + ".output }}"));
      default ->
          new Piece(
              id,
              run + "./" + id + ".sh as " + id + " only if " + earlier + " printed \"ok, so\"",
              shell("./" + id + ".sh") + ", when: 'tasks." + earlier + ".output == \"ok, so\"'");
    };
  }

  private static String shell(String command) {
    return "type: shell, command: '" + command + "'";
  }

  private static List<Meaning> schedules() {
    return List.of(
        new Meaning("every weekday at 06:00", "{cron: 0 6 * * 1-5}"),
        new Meaning(
            "daily at 6:30pm in America/New_York",
            "{cron: 30 18 * * *, timezone: America/New_York}"),
        new Meaning("every 20 minutes", "{every: 20m}"),
        new Meaning("every tuesday to friday at noon", "{cron: 0 12 * * 2-5}"),
        new Meaning(
            "on the 2nd, 3rd and 31st of every month at 23:59", "{cron: '59 23 2,3,31 * *'}"),
        new Meaning("at 7am every saturday and sunday in UTC", "{cron: '0 7 * * 0,6'}"));
  }

  private static List<Meaning> forEachStep() {
    return List.of(
        new Meaning("retry each step twice", ", retries: 2"),
        new Meaning(
            "retry every step 5x with exponential backoff up to 1 minute",
            ", retries: 5, retry_delay: {initial: 1s, factor: 2, max: 1m}"),
        new Meaning("time out all steps after one hour and 30 minutes", ", timeout: 90m"),
        new Meaning("cache each step for 2 days", ", cache: {key: inputs, expires: 48h}"));
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
