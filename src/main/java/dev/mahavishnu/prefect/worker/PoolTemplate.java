package dev.mahavishnu.prefect.worker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a server has to know of the work pools that our workers serve. */
public final class PoolTemplate {
  /** The type of such a pool. */
  public static final String TYPE = "mahavishnu";

  /** The variable of a deployment that holds its flow and the flow's files. */
  public static final String BUNDLE = "bundle";

  private PoolTemplate() {}

  /** The base job template: the variables that a deployment may set, and what is made of them. */
  public static JsonNode json() {
    return new JsonMapper()
        .readTree(
            """
            {
              "job_configuration": {"bundle": "{{ bundle }}"},
              "variables": {
                "type": "object",
                "description": "What a Mahavishnu worker needs to run a flow.",
                "properties": {
                  "bundle": {
                    "title": "Bundle",
                    "description": "The flow with its files, as `mahavishnu deployment apply` packs them.",
                    "type": "object",
                    "default": {}
                  }
                }
              }
            }
            """);
  }
}
