/** Events, diffs, graphs and tables as lines of text or JSON. Pure: takes data, returns text. */
@NullMarked
package dev.mahavishnu.view;

import org.jspecify.annotations.NullMarked;
