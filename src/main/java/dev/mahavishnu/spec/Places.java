package dev.mahavishnu.spec;

/** Positions of a spec that was read. */
record Places(SpecText text, Node root) implements SourceMap {
  @Override
  public String file() {
    return text.file();
  }

  @Override
  public Position value(String pointer) {
    return text.position(root.nearest(pointer).at());
  }

  @Override
  public Position within(String pointer, int offset) {
    Node node = root.nearest(pointer);
    boolean isText = node instanceof Node.Leaf leaf && leaf.json().isString();
    return text.position(
        isText
            ? new ScalarSource(text.text(), node.at()).at(node.json().stringValue(), offset)
            : node.at());
  }
}
