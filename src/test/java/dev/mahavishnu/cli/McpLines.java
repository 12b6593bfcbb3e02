package dev.mahavishnu.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that writes lines and reads lines, also such as no client should. */
final class McpLines implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Process process;
  private final Writer in;
  private final Path out;

  McpLines(McpPlace place, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(McpPlace.java()));
    command.addAll(place.arguments(arguments));
    Path said = Files.createDirectories(place.folder().resolve("said"));
    out = Files.createTempFile(said, "mcp", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).directory(place.folder().toFile());
    builder.environment().putAll(place.variables());
    process =
        builder
            .redirectOutput(out.toFile())
            .redirectError(said.resolve("mcp.err").toFile())
            .start();
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Says hello as a client must. */
  McpLines greeted() throws IOException {
    send(
        """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
        "capabilities":{},"clientInfo":{"name":"lines","version":"1"}}}\
        """);
    answer("0");
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return this;
  }

  void send(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  /** Calls a tool; nobody waits for the answer. */
  void call(int id, String tool, String arguments) throws IOException {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
            .formatted(id, tool, arguments));
  }

  /** Everything that came, each line of which must be JSON. */
  List<JsonNode> all() {
    try {
      String text = Files.readString(out);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(MAPPER::readTree).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer to a request, awaited. */
  JsonNode answer(String id) {
    return Awaitility.await("the answer to " + id)
        .atMost(PATIENCE)
        .until(() -> found(id), Optional::isPresent)
        .orElseThrow();
  }

  Optional<JsonNode> found(String id) {
    return all().stream()
        .filter(m -> m.has("id") && m.path("id").toString().equals(id) && !m.has("method"))
        .findFirst();
  }

  /** The client goes away without a word. */
  void hangUp() throws IOException {
    in.close();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Its exit code, awaited. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
