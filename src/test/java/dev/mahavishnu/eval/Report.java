package dev.mahavishnu.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what came of an evaluation: for people, and for programs that compare two of them. */
final class Report {
  private final Instant at;
  private final String prompts;
  private final StringBuilder text = new StringBuilder("# Evaluation\n");
  private final ObjectNode json = JsonMapper.shared().createObjectNode();

  /**
   * @param prompts folder of the prompts; what they are decides what a model does
   */
  Report(Instant at, Path prompts) {
    this.at = at;
    this.prompts = hash(prompts);
    text.append("\n%s, prompts %s\n".formatted(at, this.prompts));
    json.put("at", at.toString()).put("prompts", this.prompts);
    json.putArray("subjects");
  }

  /** Of all files in a folder and their names, in 12 digits. */
  static String hash(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "none";
    }
    try (Stream<Path> files = Files.walk(folder)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(
            (folder.relativize(file) + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(String subject, List<Result> results) {
    text.append("\n## ").append(subject).append("\n\n").append(new Tally(results).table());
    text.append("\nWhat was not as it should be:\n\n");
    ObjectNode one = json.withArray("subjects").addObject().put("name", subject);
    ArrayNode all = one.putArray("results");
    for (Result result : results) {
      if (!result.verdict().kind().good()) {
        describe(result);
      }
      all.add(node(result));
    }
  }

  private void describe(Result result) {
    String why = String.join("; ", result.verdict().why()).replaceAll("\\s+", " ");
    text.append("- `%s`: %s: %s%n".formatted(result.name(), result.verdict().kind().words(), why));
  }

  private ObjectNode node(Result result) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("case", result.of().toString()).put("turn", result.turn()).put("says", result.says());
    node.put("result", result.verdict().kind().name().toLowerCase(Locale.ROOT));
    ArrayNode why = node.putArray("why");
    result.verdict().why().forEach(why::add);
    node.put("proposal", result.proposal()).put("repairs", result.repairs());
    node.put("calls", result.usage().calls());
    node.put("input_tokens", result.usage().input()).put("output_tokens", result.usage().output());
    result.usage().dollars().ifPresent(d -> node.put("dollars", d));
    return node.put("seconds", result.time().toMillis() / 1000.0);
  }

  /** Writes {@code report.md} and {@code report.json}. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("report.md"), text);
      Files.writeString(folder.resolve("report.json"), json.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "evaluation at " + at + ", prompts " + prompts;
  }
}
