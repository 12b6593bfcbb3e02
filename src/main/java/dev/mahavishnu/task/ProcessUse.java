package dev.mahavishnu.task;

import java.time.Duration;

/**
 * What a process takes of this machine.
 *
 * @param cpu time on processors since its start
 * @param ended the same of its children that have ended, as far as it asked for them
 * @param memory resident bytes
 */
public record ProcessUse(long pid, Duration cpu, Duration ended, long memory) {}
