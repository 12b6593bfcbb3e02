package dev.mahavishnu.expr;

import java.util.Optional;

/** The loops of the language: CEL's macros over lists and objects. */
enum LoopKind {
  ALL("all"),
  EXISTS("exists"),
  EXISTS_ONE("exists_one"),
  FILTER("filter"),
  MAP("map");

  private final String text;

  LoopKind(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  static Optional<LoopKind> of(String name) {
    for (LoopKind kind : values()) {
      if (kind.text.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
