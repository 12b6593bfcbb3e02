package dev.mahavishnu.shell;

import java.util.List;

/** Where the versions of the draft are kept. */
interface Shelf extends AutoCloseable {
  /** Nowhere: a script starts without a draft and leaves none. */
  Shelf NONE =
      new Shelf() {
        @Override
        public List<DraftText> versions() {
          return List.of();
        }

        @Override
        public void put(int number, DraftText version) {}

        @Override
        public void remove(int number) {}

        @Override
        public void close() {}
      };

  /** Those that are there, oldest first, the first one numbered 0. */
  List<DraftText> versions();

  /** Keeps a version; it is there when this returns. */
  void put(int number, DraftText version);

  void remove(int number);

  @Override
  void close();
}
