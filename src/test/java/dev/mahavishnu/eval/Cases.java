package dev.mahavishnu.eval;

import dev.mahavishnu.eval.Case.Step;
import dev.mahavishnu.spec.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the cases; what is wrong in a file is said with the case's name. */
final class Cases {
  static final Path FOLDER = Path.of("src/test/resources/requests");

  private static final Path PLACES = FOLDER.resolve("workspaces.yaml");
  private static final Path DRAFTS = FOLDER.resolve("drafts.yaml");
  private static final Set<String> FIELDS =
      Set.of("case", "says", "turns", "right", "workspace", "files", "flows", "secrets", "draft");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private final Map<String, Place> places = new TreeMap<>();
  private final JsonNode drafts = YAML.readTree(DRAFTS.toFile());

  private Cases() {
    YAML.readTree(PLACES.toFile())
        .properties()
        .forEach(e -> places.put(e.getKey(), place(e.getValue())));
  }

  /** All of them, by file and in its order. */
  static List<Case> all() {
    Cases cases = new Cases();
    List<Case> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(Cases::isCases).sorted().toList()) {
        String group = file.getFileName().toString().replace(".yaml", "");
        YAML.readTree(file.toFile()).forEach(said -> all.add(cases.read(group, said)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> names = new HashSet<>();
    all.stream()
        .filter(c -> !names.add(c.name()))
        .forEach(
            c -> {
              throw new IllegalArgumentException("two cases are called " + c.name());
            });
    return all;
  }

  private static boolean isCases(Path file) {
    return file.toString().endsWith(".yaml") && !file.equals(PLACES) && !file.equals(DRAFTS);
  }

  /** One case, as YAML; for a test. */
  static Case one(String yaml) {
    return new Cases().read("test", YAML.readTree(yaml));
  }

  private Case read(String group, JsonNode said) {
    String name = said.path("case").asString("");
    try {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a case has no name: " + said);
      }
      for (String field : said.propertyNames()) {
        if (!FIELDS.contains(field)) {
          throw new IllegalArgumentException("no such field of a case: " + field);
        }
      }
      Place place =
          (said.has("workspace") ? named(said.get("workspace").asString()) : Place.EMPTY)
              .plus(place(said));
      return new Case(group, name, place, draft(said, place), steps(said));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(group + ".yaml, " + name + ": " + e.getMessage(), e);
    }
  }

  private Place named(String name) {
    return Optional.ofNullable(places.get(name))
        .orElseThrow(() -> new IllegalArgumentException("there is no workspace " + name));
  }

  private static Place place(JsonNode said) {
    Map<String, String> files = new TreeMap<>();
    JsonNode written = said.path("files");
    if (written.isArray()) {
      written.forEach(f -> files.put(f.asString(), "#!/bin/sh\necho " + f.asString() + "\n"));
    } else {
      written.properties().forEach(e -> files.put(e.getKey(), e.getValue().asString()));
    }
    Map<String, String> flows = new TreeMap<>();
    said.path("flows").properties().forEach(e -> flows.put(e.getKey(), e.getValue().asString()));
    List<String> secrets =
        said.has("secrets") ? TaskRule.texts(said.get("secrets")) : List.<String>of();
    return new Place(files, flows, secrets);
  }

  /** A spec, or the name of one in the file of drafts. */
  private Optional<Flow> draft(JsonNode said, Place place) {
    if (!said.has("draft")) {
      return Optional.empty();
    }
    String text = said.get("draft").asString();
    String spec = drafts.path(text).asString(text);
    return Optional.of(WrittenPlace.read(place, spec));
  }

  private static List<Step> steps(JsonNode said) {
    if (!said.has("turns")) {
      return List.of(step(said));
    }
    return said.get("turns").valueStream().map(Cases::step).toList();
  }

  private static Step step(JsonNode said) {
    if (!said.has("says") || !said.has("right")) {
      throw new IllegalArgumentException("`says` or `right` is missing");
    }
    JsonNode right = said.get("right");
    List<Right> rights =
        right.isArray() ? right.valueStream().map(Cases::right).toList() : List.of(right(right));
    return new Step(said.get("says").asString(), rights);
  }

  private static Right right(JsonNode said) {
    if (said.has("asked")) {
      return new Right.AQuestion(about(said.get("asked")));
    }
    if (said.has("refused")) {
      return new Right.ARefusal(about(said.get("refused")));
    }
    if (said.has("answered")) {
      return new Right.AnAnswer(about(said.get("answered")));
    }
    return new Right.AFlow(new FlowRule(said));
  }

  /** Words, any of which will do; `yes` for any text. */
  private static List<String> about(JsonNode said) {
    boolean any = said.isBoolean() || said.asString("").equals("yes");
    return any ? List.of() : TaskRule.texts(said);
  }
}
