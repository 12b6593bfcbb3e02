/**
 * What happens: states and their one transition table, the events of a run, and the fold of those
 * events. Pure; reading runs from disk is behind {@link dev.mahavishnu.run.RunHistory}.
 */
@NullMarked
package dev.mahavishnu.run;

import org.jspecify.annotations.NullMarked;
