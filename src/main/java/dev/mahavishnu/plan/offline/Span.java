package dev.mahavishnu.plan.offline;

/** A piece of the request: offsets of its first character and of the one after its last. */
record Span(int start, int end) {
  Span to(Span other) {
    return new Span(start, other.end);
  }

  String of(String text) {
    return text.substring(start, end);
  }
}
