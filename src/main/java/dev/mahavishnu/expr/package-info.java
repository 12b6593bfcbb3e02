/**
 * Typed expressions {@code ${{ … }}} in CEL: check, evaluate, list references. The only room that
 * knows the CEL library.
 */
@NullMarked
package dev.mahavishnu.expr;

import org.jspecify.annotations.NullMarked;
