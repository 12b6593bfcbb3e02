package dev.mahavishnu.prefect.worker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server has to know of the work pools that our workers serve. */
public final class PoolTemplate {
  /** The type of such a pool. */
  public static final String TYPE = "mahavishnu";

  private PoolTemplate() {}

  /**
   * The base job template. It has no variables: the flow comes with the deployment's pull steps,
   * and the workspace that the worker stands in has the rest.
   */
  public static JsonNode json() {
    return new JsonMapper()
        .readTree(
            """
            {"job_configuration": {"engine": "mahavishnu"},
             "variables": {"type": "object", "properties": {}}}
            """);
  }
}
