package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Artifacts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an artifact shows. */
sealed interface ArtifactContent {
  /** One line for people. */
  String description();

  /** Of this flow run's key. */
  Artifacts.Draft draft(String key);

  /** Whether the server's shows the same. */
  boolean isSame(Artifacts.Artifact stored);

  /** A page of text. */
  record Markdown(String description, String text) implements ArtifactContent {
    @Override
    public Artifacts.Draft draft(String key) {
      return Artifacts.Draft.markdown(key, text).description(description);
    }

    @Override
    public boolean isSame(Artifacts.Artifact stored) {
      return stored.data().asString("").equals(text);
    }
  }

  /** Objects with the same fields. */
  record Table(String description, List<ObjectNode> rows) implements ArtifactContent {
    private static final JsonMapper MAPPER = new JsonMapper();

    public Table {
      rows = List.copyOf(rows);
    }

    @Override
    public Artifacts.Draft draft(String key) {
      return Artifacts.Draft.table(key, rows).description(description);
    }

    @Override
    public boolean isSame(Artifacts.Artifact stored) {
      JsonNode data = stored.data();
      String text = data.isString() ? data.stringValue() : data.toString();
      return MAPPER.readTree(text).equals(MAPPER.readTree(MAPPER.writeValueAsString(rows)));
    }
  }
}
