package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Position;
import java.util.List;

/** A piece of a configuration file, with where it starts. */
sealed interface YamlNode {
  Position at();

  /** A text, number, truth value, or nothing (an empty text). */
  record Scalar(String text, Position at) implements YamlNode {}

  record Sequence(List<YamlNode> items, Position at) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Mapping(List<Entry> entries, Position at) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /**
   * @param at of the key
   */
  record Entry(String key, Position at, YamlNode value) {}
}
