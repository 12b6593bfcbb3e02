package dev.mahavishnu.spec;

/** Where the parts of a flow stood in its file. */
public interface SourceMap {
  /** A flow that was made, not read: every part stands at 1:1 of {@code <flow>}. */
  SourceMap NONE =
      new SourceMap() {
        @Override
        public String file() {
          return "<flow>";
        }

        @Override
        public Position value(String pointer) {
          return Position.START;
        }

        @Override
        public Position within(String pointer, int offset) {
          return Position.START;
        }
      };

  String file();

  /**
   * Where the value at this JSON pointer starts ({@code /tasks/0/command}); for a pointer that is
   * not in the file, where its nearest ancestor starts.
   */
  Position value(String pointer);

  /** Where the character at {@code offset} of the text at this pointer stands. */
  Position within(String pointer, int offset);
}
