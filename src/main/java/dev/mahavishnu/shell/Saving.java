package dev.mahavishnu.shell;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Writes drafts to the folder of flows. */
final class Saving {
  private final Path flows;

  Saving(Path flows) {
    this.flows = flows;
  }

  /**
   * Where the draft belongs: the file it came from while it keeps its name, else one by its name.
   */
  Path file(Draft draft) {
    return draft
        .saved()
        .map(Draft.Saved::file)
        .filter(file -> String.valueOf(file.getFileName()).startsWith(draft.flow().name() + "."))
        .orElseGet(() -> flows.resolve(draft.flow().name() + ".yaml"));
  }

  /** What the file holds now; empty where there is none. */
  Optional<String> text(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The flow as it stands in the file: its paths are relative to the file's folder. */
  Flow asWritten(Draft draft, Path file) {
    return Relocation.of(draft.flow(), draft.folder(), folder(file));
  }

  private Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(flows);
  }

  /** Whether somebody else wrote the file since the draft last was equal to it. */
  static boolean isOthers(Draft draft, Path file, String text) {
    return draft
        .saved()
        .filter(saved -> saved.file().equals(file) && saved.hash().equals(hash(text)))
        .isEmpty();
  }

  /** Writes the draft; the draft that is returned knows its file. */
  Draft write(Draft draft, Path file) {
    Flow flow = asWritten(draft, file);
    String text =
        file.toString().endsWith(".json") ? FlowWriter.json(flow) + "\n" : FlowWriter.yaml(flow);
    try {
      Files.createDirectories(folder(file));
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Draft(draft.flow(), draft.folder(), Optional.of(new Draft.Saved(file, hash(text))));
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
