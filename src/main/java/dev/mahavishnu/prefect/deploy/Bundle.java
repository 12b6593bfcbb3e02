package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.deploy.BundledFlow.BundledFile;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What of a flow travels to a worker: its spec, the files that its tasks name by relative paths,
 * and the same of the flows that it runs as tasks. It is known by its content: equal bundles have
 * equal hashes, wherever they were made.
 *
 * <p>What only says when the flow runs (its schedules) is no part of it. A deployment carries it as
 * its one pull step: the way in which a server's deployments say how their code comes.
 */
public final class Bundle {
  /** The step's name, in the manner of Prefect's own. */
  static final String STEP = "mahavishnu.bundle";

  /** Most that one may take as JSON. */
  public static final int MOST_PACKED = 4 * 1024 * 1024;

  /** Most that the files of one may take together. */
  static final int MOST_UNPACKED = 64 * 1024 * 1024;

  private final List<BundledFlow> flows;
  private final String hash;

  private Bundle(List<BundledFlow> flows, String hash) {
    this.flows = List.copyOf(flows);
    this.hash = hash;
  }

  /**
   * Of a flow as it stands on disk now.
   *
   * @param flows the flows of its workspace by name, for those that it runs as tasks
   * @throws BundleException when a file can't be read, or all is too much to travel
   */
  public static Bundle of(FlowSource source, Function<String, Optional<FlowSource>> flows) {
    long[] room = {MOST_UNPACKED};
    List<BundledFlow> gathered =
        Gathering.of(
            source,
            flows,
            (file, path) -> {
              long size = Files.size(file);
              room[0] -= size;
              if (room[0] < 0) {
                throw tooMuch(source.flow().name(), path, size);
              }
              byte[] bytes = Files.readAllBytes(file);
              return new BundledFile(
                  path,
                  Files.isExecutable(file),
                  ContentHash.of(bytes),
                  bytes.length,
                  Packing.pack(bytes));
            });
    Bundle bundle = new Bundle(gathered, ContentHash.of(gathered));
    if (bundle.json().toString().length() > MOST_PACKED) {
      BundledFile largest = bundle.largest();
      throw tooMuch(source.flow().name(), largest.path(), largest.size());
    }
    return bundle;
  }

  /**
   * The hash that the bundle of a flow would have, also where it is too much to travel.
   *
   * @throws BundleException when a file can't be read
   */
  public static String hash(FlowSource source, Function<String, Optional<FlowSource>> flows) {
    return ContentHash.of(
        Gathering.of(
            source,
            flows,
            (file, path) ->
                new BundledFile(
                    path, Files.isExecutable(file), ContentHash.of(file), Files.size(file), "")));
  }

  private static BundleException tooMuch(String flow, String path, long size) {
    return new BundleException(
        "flow `"
            + flow
            + "` is too much for a server: at most 4 MiB may travel, packed, and its largest file, "
            + path
            + ", has "
            + size / 1024
            + " KiB; let a task fetch it where it runs");
  }

  private BundledFile largest() {
    return files()
        .max(Comparator.comparingLong(BundledFile::size))
        .orElseGet(() -> new BundledFile("the spec itself", false, "", 0, ""));
  }

  private Stream<BundledFile> files() {
    return flows.stream().flatMap(flow -> flow.files().stream());
  }

  /**
   * Reads what {@link #json} gave.
   *
   * @throws BundleException when it is no bundle, a newer one, or not what its hash says
   */
  public static Bundle read(JsonNode json) {
    List<BundledFlow> flows = BundleJson.read(json);
    String hash = ContentHash.of(flows);
    if (!hash.equals(json.path("hash").asString(""))) {
      throw new BundleException(
          "the bundle is damaged: its content is not what its hash says; apply the deployment"
              + " again");
    }
    return new Bundle(flows, hash);
  }

  /**
   * The bundle among a deployment's pull steps; absent where it is none of ours.
   *
   * @throws BundleException as {@link #read}
   */
  public static Optional<Bundle> among(JsonNode pullSteps) {
    return step(pullSteps).map(Bundle::read);
  }

  /** The hash of the bundle among a deployment's pull steps, without reading all of it. */
  public static Optional<String> hashAmong(JsonNode pullSteps) {
    return step(pullSteps).map(json -> json.path("hash").asString(""));
  }

  private static Optional<JsonNode> step(JsonNode pullSteps) {
    for (JsonNode step : pullSteps) {
      if (step.path(STEP).isObject()) {
        return Optional.of(step.path(STEP));
      }
    }
    return Optional.empty();
  }

  /** SHA-256 over content and relative paths, in hex. */
  public String hash() {
    return hash;
  }

  /** The name of its flow. */
  public String name() {
    return flows.getFirst().name();
  }

  /** All that travels, by kind and relative path, for people. */
  public List<String> shown() {
    return Stream.concat(
            flows.stream().skip(1).map(flow -> "flow " + flow.name()),
            files().map(file -> "file " + file.path()))
        .toList();
  }

  public JsonNode json() {
    return BundleJson.write(flows, hash);
  }

  /** As the pull steps of a deployment. */
  public ArrayNode pullSteps() {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    steps.addObject().set(STEP, json());
    return steps;
  }

  /**
   * Lays it out in {@code folder/HASH}, unless it is there: all of it at once or nothing.
   *
   * @return the flow, with its files there
   * @throws BundleException when this program can't run it
   */
  public FlowSource unpack(Path folder, FlowReader reader) {
    return flow(flows.getFirst(), folder, reader);
  }

  /** As {@link #unpack}, of one of its flows: itself, or one that it runs as a task. */
  public Optional<FlowSource> flow(String name, Path folder, FlowReader reader) {
    return flows.stream()
        .filter(flow -> flow.name().equals(name))
        .findFirst()
        .map(flow -> flow(flow, folder, reader));
  }

  private FlowSource flow(BundledFlow flow, Path folder, FlowReader reader) {
    try {
      return Unpacking.of(flows, folder.resolve(hash)).read(flow, reader);
    } catch (IOException e) {
      throw new BundleException(
          "flow `" + flow.name() + "` can't be unpacked into " + folder + ": " + e.getMessage(), e);
    }
  }
}
