package dev.mahavishnu.view;

import dev.mahavishnu.run.RunSummary;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * A run that a process executes now, and what it costs.
 *
 * @param said how far its tasks say they are, in a few words; may be empty
 * @param holder pid of the process; -1 where it is not known
 * @param command what that process does: {@code shell}, {@code serve}; its host where it is another
 * @param processes of its tasks
 * @param cpu time on processors of the processes of its tasks that live, and its share of its
 *     holder's
 * @param memory bytes, of the same
 * @param load processors that it keeps busy; empty where it was looked at once
 */
public record LiveRun(
    RunSummary run,
    String said,
    long holder,
    String command,
    int processes,
    Duration cpu,
    long memory,
    OptionalDouble load) {}
