package dev.mahavishnu.view.graph;

/** One task waits for another; both are named by their keys. */
record Edge(String from, String to) {}
