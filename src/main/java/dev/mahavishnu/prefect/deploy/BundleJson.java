package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.deploy.BundledFlow.BundledFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bundles as JSON. Specs stand in it as text: a server may keep JSON with its members in another
 * order and its numbers in another form, and then its hash would be another.
 */
final class BundleJson {
  private static final int FORMAT = 1;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,199}");

  private BundleJson() {}

  static ObjectNode write(List<BundledFlow> flows, String hash) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("hash", hash);
    ArrayNode array = json.putArray("flows");
    for (BundledFlow flow : flows) {
      ObjectNode one = array.addObject().put("name", flow.name()).put("spec", flow.spec());
      one.put("folder", flow.folder());
      flow.folders().forEach(one.putArray("folders")::add);
      ArrayNode files = one.putArray("files");
      for (BundledFile file : flow.files()) {
        files
            .addObject()
            .put("path", file.path())
            .put("executable", file.executable())
            .put("gzip", file.packed());
      }
    }
    return json;
  }

  static List<BundledFlow> read(JsonNode json) {
    int format = json.path("format").asInt(0);
    if (format > FORMAT) {
      throw new BundleException(
          "the bundle is of format " + format + ", made by a newer version of Mahavishnu");
    }
    if (format != FORMAT || json.path("flows").isEmpty()) {
      throw new BundleException("this is no bundle of a flow");
    }
    int room = Bundle.MOST_UNPACKED;
    List<BundledFlow> flows = new ArrayList<>();
    for (JsonNode flow : json.path("flows")) {
      List<BundledFile> files = new ArrayList<>();
      for (JsonNode file : flow.path("files")) {
        String packed = file.path("gzip").asString("");
        byte[] bytes = Packing.unpack(packed, room);
        room -= bytes.length;
        boolean executable = file.path("executable").asBoolean(false);
        String path = path(file.path("path"));
        files.add(new BundledFile(path, executable, ContentHash.of(bytes), bytes.length, packed));
      }
      List<String> folders = new ArrayList<>();
      flow.path("folders").forEach(folder -> folders.add(path(folder)));
      String spec = flow.path("spec").asString("");
      flows.add(new BundledFlow(name(flow), spec, path(flow.path("folder")), folders, files));
    }
    return flows;
  }

  /** Names become folders, so none may lead elsewhere. */
  private static String name(JsonNode flow) {
    String name = flow.path("name").asString("");
    if (!NAME.matcher(name).matches()) {
      throw new BundleException("the bundle holds a flow with the name `" + name + "`");
    }
    return name;
  }

  private static String path(JsonNode json) {
    String text = json.asString("");
    try {
      Path path = Path.of(text);
      boolean below = !path.isAbsolute() && path.normalize().equals(path) && !path.startsWith("..");
      if (below) {
        return text;
      }
    } catch (InvalidPathException _) {
      // Refused below.
    }
    throw new BundleException("the bundle holds a file that leads out of it: " + text);
  }
}
