package dev.mahavishnu.secret;

/** Where a character leads from a node; a table without boxes, as every character of a log asks. */
final class Edges {
  static final int NONE = -1;

  /** Node and character, plus one so that 0 is none. */
  private long[] keys = new long[256];

  private int[] targets = new int[256];
  private int size;

  int get(int node, char c) {
    long key = key(node, c);
    int slot = slot(key);
    while (keys[slot] != 0) {
      if (keys[slot] == key) {
        return targets[slot];
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    return NONE;
  }

  /** Adds an edge that is not there yet. */
  void put(int node, char c, int target) {
    if (3 * size >= keys.length) {
      grow();
    }
    size++;
    place(key(node, c), target);
  }

  private void place(long key, int target) {
    int slot = slot(key);
    while (keys[slot] != 0) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    targets[slot] = target;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldTargets = targets;
    keys = new long[2 * oldKeys.length];
    targets = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        place(oldKeys[i], oldTargets[i]);
      }
    }
  }

  private int slot(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> (Long.numberOfLeadingZeros(keys.length) + 1));
  }

  private static long key(int node, char c) {
    return (((long) node << 16) | c) + 1;
  }
}
