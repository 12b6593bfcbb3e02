package dev.mahavishnu.spec;

/** Says problems about the parts of a flow, by where they stand in its file. */
record Report(Places positions, Problems problems) {
  /** About the value at a pointer, or the nearest around it. */
  void at(String pointer, String message, String hint) {
    problems.add(problems.isFull() ? Position.START : positions.value(pointer), message, hint);
  }

  /** About a character in the text at a pointer. */
  void within(String pointer, int offset, String message, String hint) {
    problems.add(
        problems.isFull() ? Position.START : positions.within(pointer, offset), message, hint);
  }
}
