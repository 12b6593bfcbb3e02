package dev.mahavishnu.run;

import tools.jackson.databind.JsonNode;

/** The output of a task as a journal holds it. */
public sealed interface Output {
  /** Largest output that stands in the journal itself, in bytes of JSON. */
  int INLINE_LIMIT = 64 * 1024;

  /** SHA-256 of the canonical JSON, in hex; for a secret output an HMAC under the workspace key. */
  String hash();

  /** A small output. */
  record Inline(String hash, JsonNode value) implements Output {}

  /**
   * A large or secret output, in a content-addressed file.
   *
   * @param bytes length of the JSON
   * @param secret encrypted under the workspace key
   */
  record Stored(String hash, long bytes, boolean secret) implements Output {}
}
