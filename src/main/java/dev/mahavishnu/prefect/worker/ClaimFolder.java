package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The claims that workers of this workspace have had, one file each: by them a later worker finds
 * what a dead one was at, and the run to go on with.
 */
public final class ClaimFolder {
  private static final String END = ".json";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;

  /**
   * @param folder made when it is first needed
   */
  public ClaimFolder(Path folder) {
    this.folder = folder;
  }

  /** Keeps a claim, in place of an earlier one on the same flow run. */
  void keep(Claim claim) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("token", claim.token().toString()).put("worker", claim.worker());
    json.put("at", claim.at().toString());
    claim.run().ifPresent(run -> json.put("run", run.text()));
    json.put("hold", claim.hold().name());
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "draft", "");
      Files.write(draft, MAPPER.writeValueAsBytes(json));
      Files.move(draft, file(claim.flowRun()), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes a claim, unless a later one has taken its place. */
  void close(Claim claim) {
    end(claim, Claim.Hold.CLOSED);
  }

  /** Says that it is another's from now on, unless a later one has taken its place. */
  void give(Claim claim) {
    end(claim, Claim.Hold.GIVEN);
  }

  private void end(Claim claim, Claim.Hold hold) {
    find(claim.flowRun())
        .filter(kept -> kept.token().equals(claim.token()))
        .ifPresent(kept -> keep(kept.with(hold)));
  }

  /**
   * Whether a run no longer speaks for a flow run: it was given to another, taken by another while
   * this worker was dead or asleep, or has a later run here.
   */
  public boolean isLost(UUID flowRun, RunId run, FlowRuns flowRuns) {
    Optional<Claim> claim = find(flowRun);
    if (claim.isEmpty()) {
      return false;
    }
    return claim.get().hold() == Claim.Hold.GIVEN
        || claim.get().run().filter(r -> !r.equals(run)).isPresent()
        || !Ownership.token(flowRuns.states(flowRun)).equals(Optional.of(claim.get().token()));
  }

  Optional<Claim> find(UUID flowRun) {
    return read(file(flowRun));
  }

  /** Those that no worker has closed. */
  List<Claim> open() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(END))
          .flatMap(file -> read(file).stream())
          .filter(claim -> claim.hold() == Claim.Hold.OPEN)
          .toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that can't be read is as good as none: its flow run starts again. */
  private static Optional<Claim> read(Path file) {
    try {
      JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
      String name = file.getFileName().toString();
      return Optional.of(
          new Claim(
              UUID.fromString(name.substring(0, name.length() - END.length())),
              UUID.fromString(json.path("token").asString("")),
              json.path("worker").asString(""),
              Instant.parse(json.path("at").asString("")),
              json.path("run").asStringOpt().filter(RunId::isRunId).map(RunId::new),
              Claim.Hold.valueOf(json.path("hold").asString(""))));
    } catch (IOException | JacksonException | IllegalArgumentException | DateTimeException _) {
      return Optional.empty();
    }
  }

  private Path file(UUID flowRun) {
    return folder.resolve(flowRun + END);
  }
}
