package dev.mahavishnu.prefect.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class BundleTest {
  private static final FlowReader READER = new FlowReader(new Expressions());

  @TempDir Path folder;

  private final Map<String, FlowSource> flows = new HashMap<>();

  private FlowSource flow(Path file, String text) throws IOException {
    write(file, text);
    ReadResult result = READER.read(file);
    assertThat(result).isInstanceOf(ReadResult.Valid.class);
    FlowSource source = ((ReadResult.Valid) result).source();
    flows.put(source.flow().name(), source);
    return source;
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Bundle bundle(FlowSource source) {
    return Bundle.of(source, name -> Optional.ofNullable(flows.get(name)));
  }

  private FlowSource small(Path root, String more) throws IOException {
    assertThat(write(root.resolve("flows/run.sh"), "echo run\n").toFile().setExecutable(true))
        .isTrue();
    write(root.resolve("data/in.csv"), "1,2\n");
    Files.createDirectories(root.resolve("flows/work"));
    return flow(
        root.resolve("flows/small.yaml"),
        """
        flow: small
        tasks:
          - {id: a, type: shell, command: ./run.sh ../data/in.csv}
          - {id: b, type: shell, command: pwd, working_dir: work}
        """
            + more);
  }

  @Test
  void what_is_unpacked_elsewhere_is_the_flow_with_its_files() throws IOException {
    Bundle bundle = bundle(small(folder.resolve("here"), ""));
    assertThat(bundle.shown()).containsExactly("file data/in.csv", "file flows/run.sh");
    JsonNode sent = new JsonMapper().readTree(bundle.pullSteps().toString());
    Bundle come = Bundle.among(sent).orElseThrow();
    assertThat(come.hash()).isEqualTo(bundle.hash()).matches("[0-9a-f]{64}");
    assertThat(Bundle.hashAmong(sent)).contains(bundle.hash());

    Path there = folder.resolve("there");
    FlowSource unpacked = come.unpack(there, READER);
    assertThat(unpacked.flow()).isEqualTo(flows.get("small").flow());
    assertThat(unpacked.folder()).startsWith(there.resolve(bundle.hash()));
    assertThat(unpacked.folder().resolve("run.sh")).hasContent("echo run\n").isExecutable();
    assertThat(unpacked.folder().resolve("../data/in.csv")).hasContent("1,2\n");
    assertThat(unpacked.folder().resolve("work")).isDirectory();
    assertThat(bundle(unpacked).hash()).isEqualTo(bundle.hash());
  }

  @Test
  void the_hash_is_of_the_content_and_not_of_the_place() throws IOException {
    String hash = bundle(small(folder.resolve("one"), "")).hash();
    FlowSource other = small(folder.resolve("two/deeper"), "");
    assertThat(bundle(other).hash()).isEqualTo(hash);
    assertThat(bundle(other).json().toString()).doesNotContain(folder.toString());

    FlowSource scheduled = small(folder.resolve("one"), "schedules: [{cron: '0 6 * * *'}]\n");
    assertThat(bundle(scheduled).hash()).isEqualTo(hash);
    FlowSource timed = small(folder.resolve("one"), "timeout: 5m\n");
    assertThat(bundle(timed).hash()).isNotEqualTo(hash);
    write(folder.resolve("two/deeper/data/in.csv"), "1,3\n");
    assertThat(bundle(other).hash()).isNotEqualTo(hash);
    write(folder.resolve("two/deeper/data/in.csv"), "1,2\n");
    assertThat(bundle(other).hash()).isEqualTo(hash);
    assertThat(folder.resolve("two/deeper/flows/run.sh").toFile().setExecutable(false)).isTrue();
    assertThat(bundle(other).hash()).isNotEqualTo(hash);
  }

  @Test
  void flows_that_run_as_tasks_travel_too_also_in_a_circle() throws IOException {
    write(folder.resolve("b/load.py"), "result = 1\n");
    FlowSource parent =
        flow(
            folder.resolve("a/parent.yaml"),
            "flow: parent\ntasks: [{id: t, type: flow, flow: child}]\n");
    flow(
        folder.resolve("b/child.yaml"),
        """
        flow: child
        tasks:
          - {id: back, type: flow, flow: parent}
          - {id: py, type: python, file: load.py}
        """);
    Bundle bundle = bundle(parent);
    assertThat(bundle.shown()).containsExactly("flow child", "file load.py of flow child");
    FlowSource child = bundle.flow("child", folder.resolve("there"), READER).orElseThrow();
    assertThat(child.flow()).isEqualTo(flows.get("child").flow());
    assertThat(child.folder().resolve("load.py")).hasContent("result = 1\n");
    assertThat(bundle.flow("other", folder.resolve("there"), READER)).isEmpty();
  }

  @Test
  void what_is_too_much_names_the_largest_file() throws IOException {
    byte[] noise = new byte[5 * 1024 * 1024];
    new Random(1).nextBytes(noise);
    FlowSource source =
        flow(
            folder.resolve("big.yaml"),
            "flow: big\ntasks: [{id: t, type: shell, command: cat ./noise.bin ./small.txt}]\n");
    Files.write(folder.resolve("noise.bin"), noise);
    write(folder.resolve("small.txt"), "small");
    assertThatThrownBy(() -> bundle(source))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("at most 4 MiB")
        .hasMessageContaining("noise.bin, has 5120 KiB");
  }

  @Test
  void what_may_hold_secrets_travels_only_when_the_task_says_so() throws IOException {
    Path place = folder.resolve("p/flows");
    write(place.resolve(".env"), "TOKEN=1\n");
    write(place.resolve("../.mahavishnu/secrets/TOKEN").normalize(), "1\n");
    write(folder.resolve("elsewhere/key"), "1\n");
    Files.createSymbolicLink(place.resolve("link"), folder.resolve("elsewhere/key"));
    for (String named : new String[] {"./.env", "../../elsewhere/key", "./link"}) {
      String task = "{id: t, type: shell, command: 'cat " + named + "'";
      FlowSource source = flow(place.resolve("s.yaml"), "flow: s\ntasks: [" + task + "}]\n");
      assertThatThrownBy(() -> bundle(source))
          .isInstanceOf(BundleException.class)
          .hasMessageContaining("task `t` names")
          .hasMessageContaining("name it in `files:`");
      FlowSource said =
          flow(
              place.resolve("s.yaml"),
              "flow: s\ntasks: [" + task + ", files: ['" + named + "']}]\n");
      assertThat(bundle(said).shown()).hasSize(1);
    }
    FlowSource state =
        flow(
            place.resolve("s.yaml"),
            "flow: s\ntasks: [{id: t, type: shell, command: pwd,"
                + " files: ['../.mahavishnu/secrets/TOKEN']}]\n");
    assertThatThrownBy(() -> bundle(state)).hasMessageContaining("does not travel");
  }

  @Test
  void a_file_that_a_task_changed_is_laid_out_again() throws IOException {
    Bundle bundle = bundle(small(folder.resolve("here"), ""));
    Path there = folder.resolve("there");
    FlowSource first = bundle.unpack(there, READER);
    Files.writeString(first.folder().resolve("run.sh"), "echo changed\n");
    Files.delete(first.folder().resolve("../data/in.csv"));
    FlowSource second = bundle.unpack(there, READER);
    assertThat(second.folder().resolve("run.sh")).hasContent("echo run\n").isExecutable();
    assertThat(second.folder().resolve("../data/in.csv")).hasContent("1,2\n");
  }

  @Test
  void what_was_changed_on_the_way_is_refused() throws IOException {
    ObjectNode json = (ObjectNode) bundle(small(folder, "")).json();
    ObjectNode flow = (ObjectNode) json.path("flows").get(0);
    flow.put("spec", flow.path("spec").asString().replace("run.sh", "ran.sh"));
    assertThatThrownBy(() -> Bundle.read(json))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> Bundle.read(json.deepCopy().put("format", 2)))
        .hasMessageContaining("newer version");
    assertThatThrownBy(() -> Bundle.read(new JsonMapper().readTree("[1]")))
        .hasMessageContaining("no bundle");
  }

  @Test
  void no_path_leads_out_of_a_bundle() throws IOException {
    for (String path : new String[] {"../x", "/etc/x", "a/../../x", ".."}) {
      ObjectNode json = (ObjectNode) bundle(small(folder, "")).json();
      ((ObjectNode) json.path("flows").get(0).path("files").get(0)).put("path", path);
      assertThatThrownBy(() -> Bundle.read(json)).hasMessageContaining("leads out of it");
    }
    ObjectNode json = (ObjectNode) bundle(small(folder, "")).json();
    ((ObjectNode) json.path("flows").get(0)).put("name", "../x");
    assertThatThrownBy(() -> Bundle.read(json)).hasMessageContaining("with the name");
  }

  @Test
  void several_who_unpack_at_once_share_one() throws IOException {
    Bundle bundle = bundle(small(folder.resolve("here"), ""));
    Path there = folder.resolve("there");
    Stream<CompletableFuture<FlowSource>> all =
        IntStream.range(0, 8)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> bundle.unpack(there, READER)));
    assertThat(all.toList().stream().map(CompletableFuture::join).map(FlowSource::folder))
        .hasSize(8)
        .containsOnly(bundle.unpack(there, READER).folder());
    try (Stream<Path> left = Files.list(there)) {
      assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly(bundle.hash());
    }
  }

  @Test
  void steps_of_others_hold_no_bundle() {
    JsonNode steps =
        new JsonMapper().readTree("[{\"prefect.deployments.steps.git_clone\": {\"a\": 1}}]");
    assertThat(Bundle.among(steps)).isEmpty();
    assertThat(Bundle.hashAmong(steps)).isEmpty();
  }
}
