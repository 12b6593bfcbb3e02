package dev.mahavishnu.prefect.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** SHA-256, in hex, of what a bundle holds. */
final class ContentHash {
  private static final int PIECE = 64 * 1024;

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> WHEN = List.of("schedules", "triggers");

  private final MessageDigest digest = sha256();

  private ContentHash() {}

  /**
   * Of flows with their files; the order of the flows does not count, paths of machines neither.
   */
  static String of(Collection<BundledFlow> flows) {
    ContentHash hash = new ContentHash();
    hash.add("mahavishnu.bundle/1");
    flows.stream().sorted(Comparator.comparing(BundledFlow::name)).forEach(hash::add);
    return hash.hex();
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private void add(BundledFlow flow) {
    add(flow.name());
    add(work(flow.spec()));
    add(flow.folder());
    add(Integer.toString(flow.folders().size()));
    flow.folders().forEach(this::add);
    add(Integer.toString(flow.files().size()));
    for (BundledFlow.BundledFile file : flow.files()) {
      add(file.path());
      add(file.executable() ? "x" : "-");
      add(file.hash());
    }
  }

  /** A spec without what only says when the flow runs: a new schedule makes it no other flow. */
  private static String work(String spec) {
    try {
      return JSON.readTree(spec) instanceof ObjectNode flow ? flow.remove(WHEN).toString() : spec;
    } catch (JacksonException e) {
      throw new BundleException("the bundle holds no spec of a flow", e);
    }
  }

  /** Its length first, so that no two sequences of texts look the same. */
  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int n = bytes.length;
    digest.update(new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n});
    digest.update(bytes);
  }

  private String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
