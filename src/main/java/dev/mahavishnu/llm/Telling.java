package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Examples.Example;
import dev.mahavishnu.llm.Surroundings.KnownFlow;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.Turn;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells a model what it may know: within bounds, secrets taken out, data quoted. */
final class Telling {
  /** Drafts of more tasks are shown in brief, and changed by edits. */
  static final int MOST_WHOLE = 12;

  private static final int MOST_FILES = 300;
  private static final int MOST_HEADS = 40;
  private static final int HEAD_READ = 16 * 1024;
  private static final int HEAD_LINES = 15;
  private static final int HEAD_CHARACTERS = 1_200;
  private static final int ALL_HEADS = 24_000;
  private static final int MOST_FLOWS = 100;
  private static final int MOST_EXAMPLES = 3;
  private static final int MOST_TURNS = 20;
  private static final int LONGEST_ANSWER = 1_000;
  private static final String NONE = "(none)";
  private static final Set<String> HEADED =
      Set.of(
          "sh",
          "bash",
          "py",
          "sql",
          "r",
          "js",
          "ts",
          "rb",
          "pl",
          "csv",
          "tsv",
          "json",
          "jsonl",
          "yaml",
          "yml",
          "toml",
          "ini",
          "cfg",
          "conf",
          "properties",
          "xml",
          "txt",
          "md",
          "");

  private final Surroundings surroundings;
  private final Request request;

  Telling(Surroundings surroundings, Request request) {
    this.surroundings = surroundings;
    this.request = request;
  }

  /** The inputs of the prompt {@code request}. */
  Map<String, String> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("time", time());
    inputs.put("draft", request.draft().map(this::draft).orElse("(none: this is a new flow)"));
    inputs.put("flows", flows());
    inputs.put("files", files());
    inputs.put("deployments", list(surroundings.deployments()));
    inputs.put("examples", examples());
    inputs.put("conversation", conversation());
    inputs.put("request", said());
    return inputs;
  }

  /** What the person wrote, and behind it the files that they brought in, quoted. */
  private String said() {
    StringBuilder said = new StringBuilder(redacted(request.own()));
    for (Request.Brought file : request.files()) {
      String name = redacted(file.name());
      said.append('\n').append(Quote.data("@" + name, redacted(request.content(file))));
    }
    return said.toString();
  }

  private String redacted(String text) {
    return surroundings.redactor().redact(text);
  }

  private String time() {
    ZonedDateTime now = ZonedDateTime.now(surroundings.clock());
    return DateTimeFormatter.ofPattern("EEEE, yyyy-MM-dd HH:mm", Locale.ENGLISH).format(now)
        + ", time zone "
        + now.getZone();
  }

  /** Whether a model sees of the draft less than there is. */
  static boolean isMasked(Flow draft, Surroundings surroundings) {
    String text = FlowWriter.yaml(draft);
    return !surroundings.redactor().redact(text).equals(text);
  }

  private String draft(Flow draft) {
    String text = draft.tasks().size() <= MOST_WHOLE ? FlowWriter.yaml(draft) : brief(draft);
    return Quote.data("the draft", redacted(text));
  }

  /** The flow's own fields, a line for each task, and in full those that the person may mean. */
  private String brief(Flow draft) {
    ObjectNode own = (ObjectNode) JsonMapper.builder().build().readTree(FlowWriter.json(draft));
    own.remove(List.of("tasks", "on_failure"));
    Set<String> asked = new HashSet<>(Similar.words(request.text()));
    StringBuilder text = new StringBuilder("In brief; change it by `edits`.\n");
    text.append(own.toPrettyString()).append("\ntasks, one a line: id, type, depends_on\n");
    draft.tasks().forEach(task -> text.append(line(task)));
    draft.onFailure().forEach(task -> text.append("on_failure: ").append(line(task)));
    Stream.of(draft.tasks(), draft.onFailure())
        .flatMap(List::stream)
        .filter(task -> Similar.words(task.id()).stream().anyMatch(asked::contains))
        .limit(MOST_WHOLE)
        .forEach(task -> text.append("in full:\n").append(FlowWriter.yaml(task)));
    return text.toString();
  }

  private static String line(Task task) {
    return task.id() + "  " + task.work().type() + "  " + task.dependsOn() + "\n";
  }

  private String flows() {
    List<KnownFlow> flows = surroundings.flows();
    return flows.isEmpty()
        ? NONE
        : Quote.data(
            "flows: name, what its text says about it",
            flows.stream()
                .limit(MOST_FLOWS)
                .map(flow -> redacted(flow.name() + "  " + about(flow.text())))
                .collect(Collectors.joining("\n")));
  }

  private static String about(String text) {
    return text.lines()
        .filter(line -> line.startsWith("description:"))
        .findFirst()
        .map(line -> line.substring(0, Math.min(200, line.length())))
        .orElse("");
  }

  private String files() {
    WorkspaceFiles workspace = new WorkspaceFiles(surroundings.root());
    List<Path> files = workspace.list(MOST_FILES + 1);
    if (files.isEmpty()) {
      return NONE;
    }
    StringBuilder text = new StringBuilder();
    String names =
        files.stream().limit(MOST_FILES).map(Telling::name).collect(Collectors.joining("\n"));
    text.append(Quote.data("names of files", redacted(names)));
    if (files.size() > MOST_FILES) {
      text.append("\nThere are more files than these.");
    }
    heads(files, text);
    return text.toString();
  }

  private void heads(List<Path> files, StringBuilder text) {
    Set<Path> flows =
        surroundings.flows().stream().map(KnownFlow::file).collect(Collectors.toSet());
    Set<String> asked = new HashSet<>(Similar.words(request.text()));
    List<Path> chosen =
        files.stream()
            .filter(file -> HEADED.contains(kind(file)))
            .filter(file -> !flows.contains(surroundings.root().resolve(file)))
            .sorted(Comparator.comparingInt(file -> rank(file, asked)))
            .limit(MOST_HEADS)
            .toList();
    int left = ALL_HEADS;
    for (Path file : chosen) {
      String head = head(surroundings.root().resolve(file));
      if (!head.isBlank() && head.length() <= left) {
        left -= head.length();
        text.append('\n').append(Quote.data("the start of " + redacted(name(file)), head));
      }
    }
  }

  /** Files that the request speaks of first, then programs, then the rest. */
  private static int rank(Path file, Set<String> asked) {
    boolean meant = Similar.words(name(file)).stream().anyMatch(asked::contains);
    return meant ? 0 : Set.of("sh", "bash", "py", "sql", "").contains(kind(file)) ? 1 : 2;
  }

  private static String name(Path file) {
    return file.toString().replace('\\', '/').replaceAll("\\p{Cntrl}", "?");
  }

  private static String kind(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Secrets are taken out before anything is cut, or half of one might be left. */
  private String head(Path file) {
    if (!Files.isReadable(file)) {
      return "";
    }
    String text = redacted(WorkspaceFiles.start(file, HEAD_READ).orElse(""));
    String head = text.lines().limit(HEAD_LINES).collect(Collectors.joining("\n"));
    return head.length() <= HEAD_CHARACTERS ? head : head.substring(0, HEAD_CHARACTERS) + "…";
  }

  private String list(List<String> names) {
    return names.isEmpty() ? NONE : Quote.data("names", redacted(String.join("\n", names)));
  }

  private String examples() {
    List<Example> best =
        Similar.best(
            request.text(), Examples.all(surroundings.root()), Example::request, MOST_EXAMPLES);
    return best.isEmpty()
        ? NONE
        : best.stream()
            .map(e -> "Request: " + redacted(e.request()) + "\n" + redacted(e.flow()))
            .collect(Collectors.joining("\n\n"));
  }

  private String conversation() {
    List<Turn> turns = request.before();
    List<Turn> last = turns.subList(Math.max(0, turns.size() - MOST_TURNS), turns.size());
    return last.isEmpty()
        ? NONE
        : last.stream()
            .map(
                turn ->
                    "The person said: "
                        + redacted(turn.person())
                        + "\n"
                        + Quote.data("what came of it", answer(turn)))
            .collect(Collectors.joining("\n"));
  }

  private String answer(Turn turn) {
    String text = redacted(turn.answer());
    return text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER) + "…";
  }
}
