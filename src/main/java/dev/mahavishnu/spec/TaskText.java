package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A text of a task that may hold expressions.
 *
 * @param pointer in the task, as JSON pointer: {@code /command}, {@code /env/0/value}
 * @param text as written
 */
record TaskText(String pointer, Use use, String text) {
  /** How expressions stand in it. */
  enum Use {
    /** Between braces. */
    TEMPLATE,
    /** Between braces, in a shell script. */
    SHELL,
    /** The text is an expression itself, with or without braces. */
    CONDITION,
    /** Between braces, evaluated once for a mapped task and not for each item. */
    ITEMS,
    /** Between braces, over a run that ended. */
    ENDED
  }

  /** All of a task's texts, those without an expression included. */
  static List<TaskText> of(Task task) {
    List<TaskText> texts = new ArrayList<>();
    work(task.work(), texts);
    task.when().ifPresent(w -> texts.add(new TaskText("/when", Use.CONDITION, w)));
    task.map().ifPresent(m -> walk("/map", Use.ITEMS, m.items(), texts));
    named("/env", task.env(), texts);
    task.workingDir().ifPresent(d -> texts.add(new TaskText("/working_dir", Use.TEMPLATE, d)));
    task.cache()
        .filter(c -> !c.key().equals(Cache.INPUTS))
        .ifPresent(c -> texts.add(new TaskText("/cache/key", Use.TEMPLATE, c.key())));
    return texts;
  }

  private static void work(Work work, List<TaskText> texts) {
    switch (work) {
      case Work.Shell w -> {
        w.command().ifPresent(c -> texts.add(new TaskText("/command", Use.SHELL, c)));
        for (int i = 0; i < w.argv().size(); i++) {
          texts.add(new TaskText("/argv/" + i, Use.TEMPLATE, w.argv().get(i)));
        }
      }
      case Work.Python w -> named("/inputs", w.inputs(), texts);
      case Work.Http w -> {
        texts.add(new TaskText("/url", Use.TEMPLATE, w.url()));
        named("/headers", w.headers(), texts);
        w.body().ifPresent(b -> walk("/body", Use.TEMPLATE, b, texts));
      }
      case Work.Compute w -> walk("/value", Use.TEMPLATE, w.value(), texts);
      case Work.Subflow w -> {
        w.spec().filter(JsonNode::isString).ifPresent(s -> walk("/spec", Use.TEMPLATE, s, texts));
        named("/parameters", w.parameters(), texts);
      }
      case Work.Approval w -> texts.add(new TaskText("/message", Use.TEMPLATE, w.message()));
      case Work.Custom w -> walk("", Use.TEMPLATE, w.fields(), texts);
    }
  }

  private static void named(String pointer, List<NamedValue> values, List<TaskText> texts) {
    for (int i = 0; i < values.size(); i++) {
      walk(pointer + "/" + i + "/value", Use.TEMPLATE, values.get(i).value(), texts);
    }
  }

  /** Adds every text in a value. */
  static void walk(String pointer, Use use, JsonNode value, List<TaskText> texts) {
    if (value.isString()) {
      texts.add(new TaskText(pointer, use, value.stringValue()));
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        walk(pointer + "/" + i, use, value.get(i), texts);
      }
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String name = member.getKey().replace("~", "~0").replace("/", "~1");
        walk(pointer + "/" + name, use, member.getValue(), texts);
      }
    }
  }

  /** Whether {@link #expressions} can find any: quick, for the many texts that hold none. */
  boolean mayHoldExpressions() {
    return use == Use.CONDITION || text.contains(TemplateScanner.OPEN);
  }

  /**
   * The expressions in it; their offsets count in the text.
   *
   * @throws TemplateException when a brace is not closed
   */
  List<Template.Part.Expression> expressions() {
    if (use == Use.CONDITION && !text.strip().startsWith(TemplateScanner.OPEN)) {
      return List.of(new Template.Part.Expression(text, 0));
    }
    return text.contains(TemplateScanner.OPEN) ? Template.of(text).expressions() : List.of();
  }
}
