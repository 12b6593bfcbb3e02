package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspaceFilesTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void setUp() throws IOException {
    root = Files.createDirectories(folder.resolve("work"));
  }

  private void write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private Set<String> listed() {
    return new WorkspaceFiles(root)
        .list(1_000).stream()
            .map(path -> path.toString().replace('\\', '/'))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void what_may_hold_secrets_is_not_there() throws IOException {
    write(
        Map.of(
            "a.sh",
            "x",
            ".env",
            "x",
            "prod.env",
            "x",
            ".env.local",
            "x",
            "deploy.pem",
            "x",
            "id_rsa",
            "x",
            "conf/credentials.json",
            "x",
            ".aws/config",
            "x",
            "secrets.yaml",
            "x"));
    write(Map.of(".git/config", "x", ".mahavishnu/runs/a", "x", "db_password.txt", "x"));
    assertThat(listed()).containsExactly("a.sh");
    WorkspaceFiles files = new WorkspaceFiles(root);
    for (String name : List.of(".env", "conf/credentials.json", ".git/config", "x/../.env")) {
      assertThat(files.file(name)).as(name).isEmpty();
    }
    assertThat(files.file("a.sh")).contains(root.resolve("a.sh"));
  }

  @Test
  void nothing_outside_of_the_workspace_can_be_named_or_linked_to() throws IOException {
    write(Map.of("a.sh", "x", "sub/b.sh", "x", ".env", "x"));
    Path outside = Files.writeString(folder.resolve("outside.txt"), "x");
    Files.createSymbolicLink(root.resolve("out.txt"), outside);
    Files.createSymbolicLink(root.resolve("up"), folder);
    Files.createSymbolicLink(root.resolve("plain.txt"), root.resolve(".env"));
    Files.createSymbolicLink(root.resolve("inner.sh"), root.resolve("a.sh"));
    assertThat(listed()).containsExactly("a.sh", "inner.sh", "sub/b.sh");
    WorkspaceFiles files = new WorkspaceFiles(root);
    for (String name :
        List.of(
            "../outside.txt",
            outside.toString(),
            "out.txt",
            "up/outside.txt",
            "plain.txt",
            "",
            ".",
            "sub",
            "nothing",
            "a\0b")) {
      assertThat(files.file(name)).as(name).isEmpty();
    }
  }

  @Test
  void rules_hold_from_the_top_of_the_repository_down() throws IOException {
    write(Map.of("build/x.txt", "x", "logs/a.log", "x", "logs/keep.log", "x", "src/a.log", "x"));
    write(Map.of("logs/.gitignore", "!keep.log\n"));
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".gitignore"), "*.log\n/work/build/\n");
    assertThat(listed()).containsExactly("logs/.gitignore", "logs/keep.log");
  }

  @Test
  void text_is_told_from_what_is_none() throws IOException {
    Path file = root.resolve("f");
    Files.write(file, "aé".repeat(10).getBytes(StandardCharsets.UTF_8));
    assertThat(WorkspaceFiles.start(file, 5)).contains("aéa");
    Files.write(file, new byte[] {65, 0, 66});
    assertThat(WorkspaceFiles.start(file, 5)).isEmpty();
    Files.write(file, new byte[] {65, (byte) 0xff, 66, 67, 68, 69, 70});
    assertThat(WorkspaceFiles.start(file, 7)).isEmpty();
    assertThat(WorkspaceFiles.start(root, 7)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void rules_mean_what_they_mean_to_git(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> names = List.of("a", "b", "ab", "a.x", "b.y", "doc", "a b", "[a]", "#a", "!b");
    for (int i = 0; i < 60; i++) {
      Path file = root;
      for (int depth = random.nextInt(4); depth > 0; depth--) {
        file = file.resolve("d" + names.get(random.nextInt(5)));
      }
      file = file.resolve(names.get(random.nextInt(names.size())));
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
    git("init", "-q");
    List<Path> folders;
    try (var walk = Files.walk(root)) {
      folders =
          walk.filter(Files::isDirectory).filter(p -> !p.toString().contains(".git")).toList();
    }
    List<String> parts =
        List.of(
            "a", "b", "*", "**", "?", "*.x", "[ab]", "[!a]*", "da", "db", "d*", "a.x", "a\\ b",
            "\\#a", "\\!b", "\\[a\\]", "a*b", "[a-b]?", "**b", "a ", "dab");
    for (int round = 0; round < 12; round++) {
      for (int i = 0; i < 3; i++) {
        Path at = folders.get(random.nextInt(i == 0 ? 1 : folders.size()));
        StringBuilder rules = new StringBuilder("# comment\n\n");
        for (int n = 0; n < 3; n++) {
          rules.append(random.nextInt(4) == 0 ? "!" : "").append(random.nextInt(4) == 0 ? "/" : "");
          for (int k = random.nextInt(3); k >= 0; k--) {
            rules.append(parts.get(random.nextInt(parts.size()))).append(k == 0 ? "" : "/");
          }
          rules.append(random.nextInt(4) == 0 ? "/" : "").append('\n');
        }
        Files.writeString(at.resolve(".gitignore"), rules.toString());
      }
      assertThat(listed()).as(rules()).isEqualTo(git("ls-files", "-coz", "--exclude-standard"));
    }
  }

  private String rules() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var walk = Files.walk(root)) {
      for (Path file : walk.filter(f -> f.endsWith(".gitignore")).toList()) {
        all.append(root.relativize(file)).append(":\n").append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** The names that git prints. */
  private Set<String> git(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out.isEmpty() ? Set.of() : new TreeSet<>(List.of(out.split("\0")));
  }
}
