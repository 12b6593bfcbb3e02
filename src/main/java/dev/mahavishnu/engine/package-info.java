/**
 * Executing runs: a pure decider, the loop that drives it, and the interfaces of what touches the
 * world ({@link dev.mahavishnu.engine.TaskRunner}, {@link dev.mahavishnu.engine.Adapter}).
 */
@NullMarked
package dev.mahavishnu.engine;

import org.jspecify.annotations.NullMarked;
