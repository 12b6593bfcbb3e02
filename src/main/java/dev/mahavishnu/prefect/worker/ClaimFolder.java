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
import java.time.Duration;
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
 * what a dead one was at, and the run to go on with. Those that are of concern have a marker in a
 * folder of their own, since there may be any number of the others.
 */
public final class ClaimFolder {
  private static final String END = ".json";
  private static final JsonMapper MAPPER = new JsonMapper();

  /** After it nobody asks any more what became of a claim. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** A marker is made before its claim's file; by then it was written, or never will be. */
  private static final Duration MARKED = Duration.ofDays(1);

  private final Path folder;
  private final Path marks;

  /**
   * @param folder made when it is first needed
   */
  public ClaimFolder(Path folder) {
    this.folder = folder;
    this.marks = folder.resolve("open");
  }

  /** Keeps a claim, in place of an earlier one on the same flow run. */
  synchronized void keep(Claim claim) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("token", claim.token().toString()).put("worker", claim.worker());
    json.put("at", claim.at().toString());
    claim.run().ifPresent(run -> json.put("run", run.text()));
    json.put("hold", claim.hold().name());
    try {
      Files.createDirectories(marks);
      Path mark = mark(claim.flowRun());
      if (claim.hold().isOfConcern() && !Files.exists(mark)) {
        Files.write(mark, new byte[0]);
      }
      Path draft = Files.createTempFile(folder, "draft", "");
      Files.write(draft, MAPPER.writeValueAsBytes(json));
      Files.move(draft, file(claim.flowRun()), StandardCopyOption.ATOMIC_MOVE);
      if (!claim.hold().isOfConcern()) {
        Files.deleteIfExists(mark);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes a claim, unless a later one has taken its place. */
  void close(Claim claim) {
    end(claim, Claim.Hold.CLOSED);
  }

  /** Its run has come to rest, and somebody may let it go on; unless a later one has its place. */
  void await(Claim claim) {
    end(claim, Claim.Hold.WAITING);
  }

  /** Says that it is another's from now on, unless a later one has taken its place. */
  void give(Claim claim) {
    end(claim, Claim.Hold.GIVEN);
  }

  private synchronized void end(Claim claim, Claim.Hold hold) {
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
    return marked(Claim.Hold.OPEN);
  }

  /** Those whose runs wait for somebody. */
  List<Claim> waiting() {
    return marked(Claim.Hold.WAITING);
  }

  private List<Claim> marked(Claim.Hold hold) {
    return list(marks).stream()
        .flatMap(mark -> read(folder.resolve(mark.getFileName())).stream())
        .filter(claim -> claim.hold() == hold)
        .toList();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(END)).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes what is of no use any more. */
  void tidy(Instant now) {
    try {
      for (Path file : list(folder)) {
        boolean ofConcern = read(file).filter(claim -> claim.hold().isOfConcern()).isPresent();
        Path mark = marks.resolve(file.getFileName());
        if (ofConcern && !Files.exists(mark)) {
          Files.createDirectories(marks); // Of a version that had no markers.
          Files.write(mark, new byte[0]);
        } else if (!ofConcern && isOlder(file, now.minus(KEPT))) {
          Files.deleteIfExists(file);
        }
      }
      for (Path mark : list(marks)) {
        boolean ofConcern =
            read(folder.resolve(mark.getFileName()))
                .filter(claim -> claim.hold().isOfConcern())
                .isPresent();
        if (!ofConcern && isOlder(mark, now.minus(MARKED))) {
          Files.deleteIfExists(mark);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What another worker has just removed is as good as new. */
  private static boolean isOlder(Path file, Instant than) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(than);
    } catch (NoSuchFileException _) {
      return false;
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

  private Path mark(UUID flowRun) {
    return marks.resolve(flowRun + END);
  }

  private Path file(UUID flowRun) {
    return folder.resolve(flowRun + END);
  }
}
