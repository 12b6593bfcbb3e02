package dev.mahavishnu.mcp;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modelcontextprotocol.spec.McpSchema;
import tools.jackson.databind.json.JsonMapper;

/** The SDK's messages as JSON. */
final class Messages {
  private Messages() {}

  /**
   * A question has its {@code mode} as a field and as the name of its type; Jackson from 3.2 on
   * refuses to write it unless it is told that the two are one.
   */
  @JsonTypeInfo(
      use = JsonTypeInfo.Id.NAME,
      include = JsonTypeInfo.As.EXISTING_PROPERTY,
      property = "mode",
      visible = true,
      defaultImpl = McpSchema.ElicitFormRequest.class)
  private interface Question {}

  static JsonMapper mapper() {
    return JsonMapper.builder().addMixIn(McpSchema.ElicitRequest.class, Question.class).build();
  }
}
