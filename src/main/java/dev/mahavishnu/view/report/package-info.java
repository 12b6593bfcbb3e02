/**
 * The report of a run as one page: HTML that needs nothing but itself, no script and no network.
 */
@NullMarked
package dev.mahavishnu.view.report;

import org.jspecify.annotations.NullMarked;
