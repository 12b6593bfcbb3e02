package dev.mahavishnu.shell;

import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.ReadResult;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the draft as it is kept: YAML, with what is not part of the flow in comments before
 * it. Empty where there was no draft.
 */
record DraftText(String text) {
  static final DraftText NONE = new DraftText("");

  private static final String FORMAT = "1";
  private static final Pattern COMMENT = Pattern.compile("# ([a-z]+): (\\S+)");
  private static final Pattern NAME = Pattern.compile("(?m)^flow: *\"?([\\w-]+)");

  /** Reads a flow's text; never throws for what the text says. */
  interface Reading {
    ReadResult read(String name, String text, Path folder);
  }

  static DraftText of(Draft draft) {
    StringBuilder text = new StringBuilder();
    comment(text, "draft", FORMAT);
    // As URIs, in which no character of a path can end the line.
    comment(text, "folder", draft.folder().toUri().toString());
    draft
        .saved()
        .ifPresent(
            saved -> {
              comment(text, "saved", saved.file().toUri().toString());
              comment(text, "hash", saved.hash());
            });
    return new DraftText(text.append(FlowWriter.yaml(draft.flow())).toString());
  }

  private static void comment(StringBuilder text, String key, String value) {
    text.append("# ").append(key).append(": ").append(value).append('\n');
  }

  boolean isNone() {
    return text.isBlank();
  }

  /** The flow's name, without reading the flow. */
  Optional<String> name() {
    Matcher match = NAME.matcher(text);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }

  /** The draft; empty where there was none, or where it can't be read any more. */
  Optional<Draft> read(Reading reading) {
    if (isNone()) {
      return Optional.empty();
    }
    Map<String, String> comments = comments();
    Optional<Path> folder = path(comments.get("folder"));
    if (folder.isEmpty() || !FORMAT.equals(comments.get("draft"))) {
      return Optional.empty();
    }
    Optional<Draft.Saved> saved =
        path(comments.get("saved"))
            .map(file -> new Draft.Saved(file, comments.getOrDefault("hash", "")));
    return switch (reading.read("<draft>", text, folder.get())) {
      case ReadResult.Valid v -> Optional.of(new Draft(v.source().flow(), folder.get(), saved));
      case ReadResult.Invalid _ -> Optional.empty();
    };
  }

  private Map<String, String> comments() {
    Map<String, String> found = new HashMap<>();
    text.lines()
        .takeWhile(line -> line.startsWith("#"))
        .map(COMMENT::matcher)
        .filter(Matcher::matches)
        .forEach(match -> found.put(match.group(1), match.group(2)));
    return found;
  }

  private static Optional<Path> path(@org.jspecify.annotations.Nullable String uri) {
    try {
      return uri == null ? Optional.empty() : Optional.of(Path.of(URI.create(uri)));
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      return Optional.empty();
    }
  }
}
