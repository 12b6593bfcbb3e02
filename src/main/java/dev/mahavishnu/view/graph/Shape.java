package dev.mahavishnu.view.graph;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;

/** A flow with its dependencies. */
public record Shape(Flow flow, FlowGraph graph) {}
