package dev.mahavishnu.store;

/** When what is appended to a journal is forced to the disk. */
public enum Durability {
  /** At every append. */
  SYNC,
  /** At every append that asks for it. */
  GROUP,
  /** When the journal is closed or checkpointed; a power failure may lose what came before. */
  EXIT
}
