package dev.mahavishnu.prefect.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far one server has been told of one run. It lasts: who takes the run up later goes on here.
 *
 * @param server URL of its API; what another server knows is no help
 * @param told sequence number of the last event of the journal of which everything was sent
 * @param stored the last one of which the server was seen to keep everything; what came after is
 *     sent again when the server may have lost it
 * @param log offset in the run's log up to which it was sent
 * @param sending where the lines of the log end of which only the server knows whether it has them,
 *     or {@code log}
 * @param flowRun the server's id of the flow run; those of subflows it gives again by their keys
 * @param seen id of the last state of the flow run that is ours, or that we have answered
 * @param complete number of the event up to which all was told and found on the server, or 0
 */
record Position(
    String server,
    long told,
    long stored,
    long log,
    long sending,
    Optional<UUID> flowRun,
    Optional<UUID> seen,
    long complete) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Nothing was told. */
  static Position start(String server) {
    return new Position(server, 0, 0, 0, 0, Optional.empty(), Optional.empty(), 0);
  }

  /** The one in the file, if it is of that server and can be read; else the start. */
  static Position read(Path file, String server) throws IOException {
    try {
      Position found = MAPPER.readValue(Files.readAllBytes(file), Position.class);
      return found.server().equals(server) ? found : start(server);
    } catch (NoSuchFileException | JacksonException _) {
      return start(server);
    }
  }

  /**
   * Replaces the file: whole or not at all. Not forced: what a power failure loses is asked for.
   */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, MAPPER.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  Position withTold(long seq) {
    return new Position(server, seq, stored, log, sending, flowRun, seen, complete);
  }

  Position withStored(long seq) {
    return new Position(server, told, seq, log, sending, flowRun, seen, complete);
  }

  /** Lines up to that offset are about to be sent. */
  Position withSending(long end) {
    return new Position(server, told, stored, log, end, flowRun, seen, complete);
  }

  Position withLog(long offset) {
    long unknown = sending == Long.MAX_VALUE ? sending : offset;
    return new Position(server, told, stored, offset, unknown, flowRun, seen, complete);
  }

  /** The server may have any line already. */
  Position withUnknownLog() {
    return withSending(Long.MAX_VALUE);
  }

  Position withFlowRun(UUID id) {
    return new Position(server, told, stored, log, sending, Optional.of(id), seen, complete);
  }

  Position withSeen(Optional<UUID> state) {
    return new Position(server, told, stored, log, sending, flowRun, state, complete);
  }

  Position withComplete(long seq) {
    return new Position(server, told, stored, log, sending, flowRun, seen, seq);
  }
}
