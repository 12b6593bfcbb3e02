/**
 * Graphs of flows and of runs: drawn on a terminal, as a tree, as SVG, and in the languages of
 * other programs that draw. All of them start from one {@link dev.mahavishnu.view.graph.Graph}.
 *
 * <p>The layout is our own. Libraries for it place pixels, and in a cell of a terminal two of their
 * lines would be one; the one that is kept well (Eclipse ELK 0.10) weighs 5.5 MB in seven jars, EMF
 * among them.
 */
@NullMarked
package dev.mahavishnu.view.graph;

import org.jspecify.annotations.NullMarked;
