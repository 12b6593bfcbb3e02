package dev.mahavishnu.cli;

/** Of what a command prints. */
enum OutputFormat {
  /** For people. */
  TEXT,
  /** JSON lines. */
  JSON
}
