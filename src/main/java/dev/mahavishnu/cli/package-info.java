/**
 * The commands, their configuration and the wiring of the rooms; {@code main} is here. The same
 * command tree serves the command line and {@code /commands} in the shell. The only room that may
 * write to the process's own streams.
 */
@NullMarked
package dev.mahavishnu.cli;

import org.jspecify.annotations.NullMarked;
