package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Retry;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A task that should be there.
 *
 * @param name how the case names it
 * @param base the task of the draft that it should be as, but for what is said
 * @param said fields as the case has them
 */
record TaskRule(String name, Optional<Task> base, JsonNode said) {
  private static final List<String> KINDS =
      List.of("shell", "python", "http", "compute", "flow", "approval");

  /** Either a command or a Python task: both run a script. */
  private static final String ANY_SCRIPT = "run";

  private static final Set<String> SETTINGS =
      Set.of("retries", "retry_delay", "timeout", "concurrency", "batch", "cache");
  private static final Set<String> OTHERS =
      Set.of("after", "id", "run_if", "when", "map", "has", "not", "working_dir");

  private static final Set<String> INTERPRETERS =
      Set.of("sh", "bash", "python", "python3", "-c", "-eu", "env", "&&", ";", "|");
  private static final String MORE = "…";

  TaskRule {
    for (String field : said.propertyNames()) {
      if (!KINDS.contains(field)
          && !field.equals(ANY_SCRIPT)
          && !SETTINGS.contains(field)
          && !OTHERS.contains(field)) {
        throw new IllegalArgumentException(name + ": no such field: " + field);
      }
    }
    if (base.isEmpty() && kinds(said).isEmpty()) {
      throw new IllegalArgumentException(name + ": says no kind, such as `run: a.sh`");
    }
    for (String field : SETTINGS) {
      if (said.has(field)) {
        Specs.withTaskField(field, said.get(field));
      }
    }
  }

  private static List<String> kinds(JsonNode said) {
    return said.has(ANY_SCRIPT)
        ? List.of("shell", "python")
        : KINDS.stream().filter(said::has).toList();
  }

  /** Finds mistakes in a case; a task of a draft needs no kind. */
  static void check(String name, JsonNode said, boolean ofDraft) {
    var _ = new TaskRule(name, Optional.of(task(name)).filter(_ -> ofDraft), said);
  }

  /** The id it must have, if it is not free. */
  Optional<String> id() {
    return said.has("id") ? Optional.of(said.get("id").stringValue()) : base.map(Task::id);
  }

  Optional<List<String>> after() {
    return said.has("after") ? Optional.of(texts(said.get("after"))) : Optional.empty();
  }

  /** How little a task looks like this one: 0 is alike. */
  int distance(Task task) {
    int distance = id().map(id -> id.equals(task.id()) ? 0 : 5).orElse(0);
    return distance + 4 * work(task, "").size() + Math.min(3, settings(task).size());
  }

  /**
   * What is wrong with a task that should be this one, its place aside.
   *
   * @param heard what the person said, and what is there: a command's words come from it
   */
  List<String> problems(Task task, String heard) {
    List<String> problems = new ArrayList<>();
    id().filter(id -> !id.equals(task.id())).ifPresent(id -> problems.add("should be named " + id));
    problems.addAll(work(task, heard));
    problems.addAll(settings(task));
    return problems.stream().map(p -> name + ": " + p).toList();
  }

  private List<String> work(Task task, String heard) {
    List<String> kinds = kinds(said);
    if (kinds.isEmpty()) {
      Work before = base.orElseThrow().work();
      return before.equals(task.work()) ? List.of() : List.of("does something else: " + text(task));
    }
    List<String> problems = new ArrayList<>();
    if (!kinds.contains(task.work().type())) {
      problems.add("is " + task.work().type() + ", not " + String.join(" or ", kinds));
    }
    String field = said.has(ANY_SCRIPT) ? ANY_SCRIPT : kinds.getFirst();
    List<String> words = words(said.get(field));
    String text = text(task);
    for (String word : words) {
      if (!word.equals(MORE) && !has(text, word)) {
        problems.add("`" + text + "` lacks " + word);
      }
    }
    if (!heard.isEmpty() && task.work().type().equals("shell") && !words.contains(MORE)) {
      unheard(text, heard + String.join(" ", words)).ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<String> unheard(String command, String heard) {
    String constant = command.replaceAll("\\$\\{\\{.*?}}", " ");
    for (String token : constant.split("[\\s\"']+")) {
      String bare = token.startsWith("./") ? token.substring(2) : token;
      if (!bare.isEmpty() && !INTERPRETERS.contains(bare) && !has(heard, bare)) {
        return Optional.of("nobody said `" + token + "`");
      }
    }
    return Optional.empty();
  }

  private List<String> settings(Task task) {
    List<String> problems = new ArrayList<>();
    compare(problems, task, "retries", t -> t.retry().retries());
    if (said.has("retry_delay")) {
      compare(problems, task, "retry_delay", t -> t.retry().retries() == 0 ? "" : delay(t.retry()));
    }
    compare(problems, task, "timeout", Task::timeout);
    compare(problems, task, "cache", Task::cache);
    compare(problems, task, "concurrency", t -> t.map().flatMap(m -> m.concurrency()));
    compare(problems, task, "batch", t -> t.map().flatMap(m -> m.batch()));
    runIf(problems, task);
    words(problems, task, "when", Task::when);
    words(problems, task, "map", t -> t.map().map(m -> m.items().toString()));
    words(problems, task, "working_dir", Task::workingDir);
    String whole = FlowWriter.yaml(Flow.of("x", List.of(task)));
    for (String word : said.has("has") ? words(said.get("has")) : List.<String>of()) {
      if (!has(whole, word)) {
        problems.add("lacks " + word);
      }
    }
    for (String word : said.has("not") ? words(said.get("not")) : List.<String>of()) {
      if (has(whole, word)) {
        problems.add("has " + word);
      }
    }
    return problems;
  }

  private static String delay(Retry retry) {
    return retry.initial() + " times " + retry.factor();
  }

  private void compare(
      List<String> problems, Task task, String field, Function<Task, Object> value) {
    Object right =
        said.has(field)
            ? value.apply(Specs.withTaskField(field, said.get(field)).tasks().getFirst())
            : value.apply(base.orElse(task(field)));
    Object is = value.apply(task);
    if (!Objects.equals(right, is)) {
      problems.add(field + " is " + show(is) + ", not " + show(right));
    }
  }

  /** A task in which the field is as when nobody sets it. */
  private static Task task(String field) {
    return Task.of(field, new Work.Approval("", Optional.empty()));
  }

  private static String show(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Object::toString).orElse("none")
        : value.toString();
  }

  private void runIf(List<String> problems, Task task) {
    List<String> right =
        said.has("run_if")
            ? texts(said.get("run_if"))
            : List.of(base.map(Task::runIf).orElse(RunIf.ALL_SUCCESS).text());
    if (!right.contains(task.runIf().text())) {
      problems.add("run_if is " + task.runIf().text() + ", not " + String.join(" or ", right));
    }
  }

  private void words(
      List<String> problems, Task task, String field, Function<Task, Optional<String>> value) {
    Optional<String> is = value.apply(task);
    if (!said.has(field)) {
      Optional<String> right = base.flatMap(value);
      if (!is.equals(right)) {
        problems.add(field + " is " + show(is) + ", not " + show(right));
      }
      return;
    }
    JsonNode right = said.get(field);
    if (right.isBoolean() || right.isNull()) {
      if (is.isPresent() != right.asBoolean(false)) {
        problems.add(field + " is " + show(is));
      }
      return;
    }
    for (String word : words(right)) {
      if (is.filter(text -> has(text, word)).isEmpty()) {
        problems.add(field + " is " + show(is) + ", which lacks " + word);
      }
    }
  }

  /** What a task does, as words. */
  static String text(Task task) {
    return switch (task.work()) {
      case Work.Shell shell -> shell.command().orElseGet(() -> String.join(" ", shell.argv()));
      case Work.Python python -> python.file().or(python::script).orElse("");
      case Work.Http http ->
          http.method() + " " + http.url() + http.body().map(b -> " " + b).orElse("");
      case Work.Compute compute -> compute.value().toString();
      case Work.Subflow flow ->
          flow.flow().orElse("") + flow.spec().map(JsonNode::toString).orElse("");
      case Work.Approval approval -> approval.message();
      case Work.Custom custom -> custom.type() + " " + custom.fields();
    };
  }

  /** A list of texts, or one text. */
  static List<String> texts(JsonNode said) {
    return said.isArray()
        ? said.valueStream().map(JsonNode::asString).toList()
        : List.of(said.asString());
  }

  /** A list of texts as they are, or the words of one text. */
  static List<String> words(JsonNode said) {
    return said.isArray()
        ? texts(said)
        : List.of(said.asString().strip().split("\\s+")).stream()
            .filter(w -> !w.isEmpty())
            .toList();
  }

  static boolean has(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
  }
}
