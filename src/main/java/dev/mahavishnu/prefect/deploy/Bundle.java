package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.deploy.BundledFlow.BundledFile;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What of a flow travels to a worker: its spec, the files that its tasks name by relative paths,
 * and the same of the flows that it runs as tasks. It is known by its content: equal bundles have
 * equal hashes, wherever they were made.
 *
 * <p>What only says when the flow runs (its schedules and triggers) does not count for that. A
 * deployment carries it as its one pull step: the way in which a server's deployments say how their
 * code comes.
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

  /** All that travels besides the flow, by kind and relative path, for people. */
  public List<String> shown() {
    return List.copyOf(parts().keySet());
  }

  /** Whether it is the same to the last character, schedules of the flow included. */
  boolean isSame(Bundle other) {
    return hash.equals(other.hash)
        && flows.stream()
            .map(BundledFlow::spec)
            .toList()
            .equals(other.flows.stream().map(BundledFlow::spec).toList());
  }

  /** The files and the flows that come, go or change, for people; the flow itself is not among. */
  List<ChangeLine> changesFrom(Optional<Bundle> before) {
    Map<String, String> old = before.map(Bundle::parts).orElseGet(Map::of);
    Map<String, String> now = parts();
    List<ChangeLine> lines = new ArrayList<>();
    old.keySet().stream()
        .filter(name -> !now.containsKey(name))
        .forEach(name -> lines.add(ChangeLine.goes("  " + name)));
    now.forEach(
        (name, hashed) -> {
          if (!old.containsKey(name)) {
            lines.add(ChangeLine.comes("  " + name));
          } else if (!hashed.equals(old.get(name))) {
            lines.add(new ChangeLine(ChangeLine.Sign.CHANGES, "  " + name));
          }
        });
    return lines;
  }

  /** Names for people, and what tells one content from another. */
  private Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    flows.stream().skip(1).forEach(flow -> parts.put("flow " + flow.name(), flow.spec()));
    for (BundledFlow flow : flows) {
      String of = flow.name().equals(name()) ? "" : " of flow " + flow.name();
      flow.files()
          .forEach(
              file ->
                  parts.put(
                      "file " + file.path() + of, file.hash() + (file.executable() ? "x" : "")));
    }
    return parts;
  }

  /**
   * Its flow, without its files: to look at.
   *
   * @throws BundleException when this program can't read it
   */
  public Flow flow(FlowReader reader) {
    try {
      JsonNode spec = new JsonMapper().readTree(flows.getFirst().spec());
      return switch (reader.draft(name(), spec)) {
        case ReadResult.Valid valid -> valid.source().flow();
        case ReadResult.Invalid invalid ->
            throw new BundleException(
                "flow `"
                    + name()
                    + "` can't be read here: "
                    + invalid.problems().getFirst().message());
      };
    } catch (JacksonException e) {
      throw new BundleException("the bundle holds no spec of a flow", e);
    }
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
