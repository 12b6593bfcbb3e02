package dev.mahavishnu.plan.offline;

/** A name as the person wrote it, and where. */
record Name(String text, Span span) {}
