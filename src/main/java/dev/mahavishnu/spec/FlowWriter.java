package dev.mahavishnu.spec;

import tools.jackson.databind.node.ObjectNode;

/** Writes flows; what it writes, {@link FlowReader} reads as an equal flow. */
public final class FlowWriter {
  private static final String MODELINE = "# yaml-language-server: $schema=";

  private FlowWriter() {}

  /**
   * JSON in one line, fields in a fixed order, defaults left out. Equal flows give equal texts, but
   * for the order of the members in values that people wrote, which is kept.
   */
  public static String json(Flow flow) {
    return FlowTree.of(flow).toString();
  }

  /** YAML for people. */
  public static String yaml(Flow flow) {
    return YamlText.document(FlowTree.of(flow));
  }

  /**
   * YAML for people, with a first line that tells an editor where the schema is.
   *
   * @param schema path or URL of the schema; on one line
   */
  public static String yaml(Flow flow, String schema) {
    return MODELINE + schema.strip().replaceAll("\\s", "%20") + "\n" + yaml(flow);
  }

  /** One task, as it stands in a flow. */
  public static ObjectNode tree(Task task) {
    return FlowTree.of(task);
  }

  /** YAML of one task, as it stands in a flow. */
  public static String yaml(Task task) {
    return YamlText.document(FlowTree.of(task));
  }
}
