package dev.mahavishnu.spec;

import java.nio.file.Path;

/**
 * A flow with what it was read from.
 *
 * @param text the text as read
 * @param folder what the flow's files are relative to
 */
public record FlowSource(Flow flow, SourceMap positions, String text, Path folder) {}
