package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Answer.Edit;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.spec.StrictForm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a changed flow of a run from the edits that a model wrote, or says what is wrong. */
final class FlowRepair {
  private static final List<String> KEPT = List.of("flow", "schedules", "triggers", "secrets");

  private final FlowReader reader;
  private final String spec;
  private final Path folder;
  private final List<String> problems;

  /**
   * @param spec the flow of the run as it was recorded, secrets and all
   * @param problems gets what is wrong, a line each
   */
  FlowRepair(FlowReader reader, String spec, Path folder, List<String> problems) {
    this.reader = reader;
    this.spec = spec;
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * @param edits as the model wrote them
   * @param open ids of the tasks that may be touched
   * @param known what may be named: the person's words
   * @param root of the workspace
   */
  Optional<Flow> of(JsonNode edits, Set<String> open, String known, String root) {
    StrictForm form = new StrictForm(FlowReader.installedKinds());
    List<Edit> read = read(edits, form);
    ObjectNode tree = json(spec);
    problems.addAll(new Edits(tree, form).apply(read));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return switch (reader.read("<repair>", tree, folder)) {
      case ReadResult.Invalid invalid -> {
        invalid.problems().stream().map(Problem::text).limit(20).forEach(problems::add);
        yield Optional.empty();
      }
      case ReadResult.Valid valid -> {
        Flow flow = valid.source().flow();
        ObjectNode changed = json(FlowWriter.json(flow));
        String before = spec + texts(json(spec));
        untouched(changed, open, known);
        problems.addAll(NewNames.problems(texts(changed), before + known, root));
        // An address need not have a scheme to be gone to.
        new Named(List.of(known), List.of(before))
            .hosts(texts(changed))
            .forEach(host -> problems.add("nobody named the host " + host));
        yield problems.isEmpty() ? Optional.of(flow) : Optional.empty();
      }
    };
  }

  /** The texts as they are, not as JSON writes them. */
  private static String texts(JsonNode flow) {
    StringBuilder all = new StringBuilder();
    texts(flow, all);
    return all.toString();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  private static void texts(JsonNode node, StringBuilder all) {
    if (node.isString()) {
      all.append(node.asString()).append('\n');
    }
    node.forEach(child -> texts(child, all));
  }

  private List<Edit> read(JsonNode edits, StrictForm form) {
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put(ReplySchema.OUTCOME, ReplySchema.EDITS).set(ReplySchema.EDITS, edits);
    try {
      return new ReplyReader(form).read(reply.toString()) instanceof Answer.Changes changes
          ? changes.edits()
          : List.of();
    } catch (UnreadableReply e) {
      problems.add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** What went well and has nothing to do with it stays as it is. */
  private void untouched(ObjectNode after, Set<String> open, String known) {
    ObjectNode before = json(spec);
    if (before.equals(after)) {
      problems.add("the edits change nothing");
    }
    Map<String, JsonNode> tasks = tasks(after);
    Map<String, JsonNode> old = tasks(before);
    tasks.keySet().stream()
        .filter(id -> !old.containsKey(id) && known.isBlank())
        .forEach(id -> problems.add("`" + id + "` is a new task, which nobody asked for"));
    old.forEach(
        (id, task) -> {
          if (!task.equals(tasks.get(id)) && !open.contains(id)) {
            problems.add("`" + id + "` did not fail, and no evidence that you cite is about it");
          }
        });
    for (String field : KEPT) {
      if (!before.path(field).equals(after.path(field))) {
        problems.add("`" + field + "` of the flow is not for a repair to change");
      }
    }
  }

  private static Map<String, JsonNode> tasks(ObjectNode flow) {
    Map<String, JsonNode> tasks = new LinkedHashMap<>();
    for (String list : List.of("tasks", "on_failure")) {
      flow.path(list).forEach(task -> tasks.put(task.path("id").asString(""), task));
    }
    return tasks;
  }
}
