package dev.mahavishnu.store;

import java.time.Clock;

/** What all parts of a store work with. */
record Setting(Disk disk, Clock clock, StoreOptions options, KeyFile keys) {}
