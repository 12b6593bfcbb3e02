package dev.mahavishnu.view.graph;

/** Which way a drawing goes from what begins to what waits. */
enum Direction {
  /** From left to right, a layer a column: good for few layers of many tasks. */
  ACROSS,
  /** From top to bottom, a layer a line: good for many layers of few tasks. */
  DOWN
}
