package dev.mahavishnu.mcp;

import tools.jackson.databind.node.ObjectNode;

/** A client's call of a tool. */
public interface Call {
  /** As the tool's schema wants them. */
  ObjectNode arguments();

  /**
   * Tells the client how far it is, if the client wants to know.
   *
   * @param done grows from one time to the next
   * @param message one line
   */
  void progress(double done, double total, String message);

  /** Runs {@code stop} when the client takes the call back; at once where it has already. */
  void onCancel(Runnable stop);
}
