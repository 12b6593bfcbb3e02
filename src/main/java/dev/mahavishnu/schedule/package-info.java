/**
 * When flows run by themselves: the times of schedules, which of the missed ones count, what
 * follows a run that ended, and the loop that starts the runs.
 */
@NullMarked
package dev.mahavishnu.schedule;

import org.jspecify.annotations.NullMarked;
