/** Task runners, one a kind: what an attempt does to the world, and how it is stopped. */
@NullMarked
package dev.mahavishnu.task;

import org.jspecify.annotations.NullMarked;
