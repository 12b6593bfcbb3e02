package dev.mahavishnu.mcp;

import java.util.List;
import java.util.Optional;

/** What a client can read without calling a tool. */
public interface Shelf {
  /**
   * Something to read.
   *
   * @param uri with which it is read
   * @param type MIME type of the text
   */
  record Entry(String uri, String name, String description, String type) {}

  /** What there is now; of what there is much only the newest. */
  List<Entry> list();

  /** How everything is named: {@code {name}} in a URI stands for a name. */
  List<Entry> templates();

  /** What stands there; empty: nothing of that name. */
  Optional<String> read(String uri);
}
