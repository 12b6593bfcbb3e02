/**
 * The worker of a work pool: it claims the flow runs that a server has for the pool and lets the
 * embedded engine run them. {@link Worker} is the loop; what it decides on, {@link Beginning} and
 * {@link Lives}, is pure.
 */
@NullMarked
package dev.mahavishnu.prefect.worker;

import org.jspecify.annotations.NullMarked;
