package dev.mahavishnu.spec;

import dev.mahavishnu.spec.Shape.Form;

/** The forms of texts in a spec. */
final class Forms {
  static final Form FLOW_NAME =
      new Form(
          "^[a-z_][a-z0-9_-]*$",
          "a lower-case name",
          "use lower-case letters, digits, _ and -, a letter first");

  static final Form TASK_ID =
      new Form(
          "^[A-Za-z_][A-Za-z0-9_-]*$", "an id", "use letters, digits, _ and -, a letter first");

  static final Form IDENTIFIER =
      new Form("^[A-Za-z_][A-Za-z0-9_]*$", "a name", "use letters, digits and _, a letter first");

  static final Form KEY =
      new Form(
          "^[A-Za-z_][A-Za-z0-9_.-]*$",
          "a name",
          "use letters, digits, _, - and ., a letter first");

  static final Form HEADER =
      new Form("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", "the name of a header", "write it as Content-Type");

  static final Form TAG =
      new Form(
          "^[A-Za-z0-9][A-Za-z0-9_.:/-]*$",
          "a tag",
          "use letters, digits, _, ., :, / and -, a letter or digit first");

  static final Form DURATION =
      new Form(Durations.PATTERN, "a duration", "write it as 250ms, 10s, 5m, 2h, 1d or 1h30m");

  static final Form BYTES =
      new Form(ByteCount.PATTERN, "a number of bytes", "write it as 500KB, 10MB or 1GiB");

  private Forms() {}
}
