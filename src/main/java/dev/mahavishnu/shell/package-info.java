/** The interactive shell: reading lines, completing them, rendering live runs, the session. */
@NullMarked
package dev.mahavishnu.shell;

import org.jspecify.annotations.NullMarked;
