package dev.mahavishnu.prefect;

import java.util.LinkedHashSet;
import java.util.UUID;

/** Knows which of the last few thousand items were seen.. */
final class RecentIds {
  private static final int MOST = 20_000;

  private final LinkedHashSet<UUID> ids = new LinkedHashSet<>();

  /** Whether it is the first time. */
  synchronized boolean add(UUID id) {
    boolean first = ids.add(id);
    if (ids.size() > MOST) {
      ids.removeFirst();
    }
    return first;
  }
}
