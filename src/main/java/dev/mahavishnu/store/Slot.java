package dev.mahavishnu.store;

/** One of a tag's slots, ours until closed; the system takes it back when the process dies. */
public interface Slot extends AutoCloseable {
  /** Gives the slot back; closing twice is the same as once. */
  @Override
  void close();
}
