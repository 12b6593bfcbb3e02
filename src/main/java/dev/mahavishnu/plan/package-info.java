/**
 * From a request to a proposed flow: the planner interface, and the offline planner's grammar of
 * controlled English.
 */
@NullMarked
package dev.mahavishnu.plan;

import org.jspecify.annotations.NullMarked;
