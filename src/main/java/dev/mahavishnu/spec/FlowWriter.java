package dev.mahavishnu.spec;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes flows; what it writes, {@link FlowReader} reads as an equal flow. */
public final class FlowWriter {
  private FlowWriter() {}

  /** Canonical JSON in one line: the same text for equal flows. */
  public static String json(Flow flow) {
    return Json.MAPPER.writeValueAsString(FlowTree.of(flow));
  }

  /** YAML for people. */
  public static String yaml(Flow flow) {
    return Yaml.MAPPER.writeValueAsString(FlowTree.of(flow));
  }

  /** YAML of one task, as it stands in a flow. */
  public static String yaml(Task task) {
    return Yaml.MAPPER.writeValueAsString(FlowTree.of(task));
  }

  private static final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder().build();
  }

  /** Made when first needed: YAML is not needed to run a flow. */
  private static final class Yaml {
    static final ObjectMapper MAPPER =
        YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
            .enable(
                YAMLWriteFeature.MINIMIZE_QUOTES,
                YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS,
                YAMLWriteFeature.LITERAL_BLOCK_STYLE,
                YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
  }
}
