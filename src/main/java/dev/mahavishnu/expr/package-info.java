/**
 * Typed expressions {@code ${{ … }}} in CEL: check, evaluate, list references. The only room that
 * knows the CEL library, whose parser is the grammar; types are checked and values computed here,
 * straight on JSON, so that every limit, message and position is ours.
 */
@NullMarked
package dev.mahavishnu.expr;

import org.jspecify.annotations.NullMarked;
