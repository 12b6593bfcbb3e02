package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.ChildJvm;
import dev.mahavishnu.llm.Asked;
import dev.mahavishnu.llm.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are planted wherever a person may have them, a whole session with a model goes by, and
 * then they are looked for in all that was sent, written and shown.
 */
final class CanaryTest {
  /** In a variable; tasks print it in many forms, return it, and fail with it. */
  private static final Canary TOKEN = new Canary("Tok-9fQ2xL7vRm4Zc8Kp1Wd6Yh3Jb5Ns0Ga-Ue_7i");

  /** In the file of a secret that the flow declares. */
  private static final Canary DECLARED = new Canary("dk3VwPz8.Rt6Lm1Qx9Bf4Hy7Cn2Sj5.Gv0Ke8Zo3Ua");

  /** In a variable, and typed into the draft. */
  private static final Canary TYPED = new Canary("Mn7+Bv4Cx1Zl9Kj6Hg3Fd0Sa8Po5Iu2Yt7Re4Wq1+xB");

  /** In the file that {@code llm.api_key} names. */
  private static final Canary KEY = new Canary("Xe5Rw2Qa9Sd6Fg3Hj0Kl7Zx4Cv1Bn8Mq5We2Rt9Yu6");

  /** In a variable that nothing tells to be a secret. */
  private static final Canary UNKNOWN = new Canary("Ju8Nh5Bg2Vf9Cd6Xs3Za0Ql7Wk4Em1Ri8Ot5Yp2Uu9");

  private static final String PLAN =
      """
      {"outcome": "edits",
       "because": [{"touches": "fetch.retries", "words": "retry the fetch two times"}],
       "edits": [{"op": "set", "task": "fetch", "field": "retries", "value": 2}]}
      """;

  private static final String EXPLANATION =
      """
      {"text": "The task `load` found no file of the name it was given.", "cites": ["E1"]}
      """;

  private static final String FIX =
      """
      {"outcome": "edits", "why": "the file is called orders.csv", "cites": ["E2"], "patch": null,
       "edits": [{"op": "set", "task": "load", "field": "command", "value": "./load.sh orders.csv"}]}
      """;

  private static final String SESSION =
      """
      @draft.yaml
      retry the fetch two times
      run
      run logs last
      why
      fix
      transcript
      cost
      """;

  @TempDir Path folder;
  private Path root;

  private record Shown(int code, String out, String err) {}

  @BeforeEach
  void plant() throws IOException {
    root = Files.createDirectory(folder.resolve("place"));
    write(".mahavishnu/secrets/WAREHOUSE", DECLARED.value() + "\n", "rw-------");
    write("keys/model", KEY.value() + "\n", "rw-------");
    write("mahavishnu.yaml", "llm: {model: scripted, api_key: 'file:keys/model'}\n", "rw-r--r--");
    write(
        "notes.md",
        "# Notes\nThe token is %s,\nthe warehouse's %s,\nand %s is for the rest.\n"
            .formatted(TOKEN.value(), DECLARED.value(), UNKNOWN.value()),
        "rw-r--r--");
    write("orders.csv", "1\n2\n", "rw-r--r--");
    write(
        "fetch.sh", forms("$ORDERS_API_TOKEN") + "cat notes.md\n" + forms("$DIRECT"), "rwxr-xr-x");
    write("send.sh", "#!/bin/sh\necho \"sends $ORDERS_THING\"\n" + forms("$1"), "rwxr-xr-x");
    write(
        "load.sh",
        """
        #!/bin/sh
        test -f "$1" && exit 0
        echo "no file $1 for $ORDERS_API_TOKEN" >&2
        exit 3
        """,
        "rwxr-xr-x");
    write(
        "draft.yaml",
        """
        flow: orders
        secrets: [WAREHOUSE]
        tasks:
          - {id: fetch, type: shell, command: ./fetch.sh, env: [{name: DIRECT, value: "%s"}]}
          - {id: send, type: shell, command: './send.sh "${{ secrets.WAREHOUSE }}"', depends_on: [fetch]}
          - {id: load, type: shell, command: './load.sh ordres.csv', depends_on: [send]}
        """
            .formatted(TYPED.value()),
        "rw-r--r--");
  }

  /** Prints a value as programs do: plain, encoded, in parts, at last alone as what it returns. */
  private static String forms(String value) {
    return """
    value="VALUE"
    half=$((${#value} / 2))
    echo "value $value."
    printf %s "$value" | base64 -w 20
    printf %s "$value" | od -An -tx1
    printf %s "$value" | base64 -w 0 | base64
    printf '%s\\n' "$value" | rev
    printf '%s\\n' "part $(printf %s "$value" | cut -c 1-$half)" >&2
    printf '%s\\n' "part $(printf %s "$value" | cut -c $((half + 1))-)" >&2
    echo "$value"
    """
        .replace("VALUE", value);
  }

  private void write(String name, String text, String mode) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private ScriptedModel model() throws IOException {
    return ScriptedModel.start(folder.resolve("wire.log"))
        .requiring(KEY.value())
        .then(PLAN)
        .then(EXPLANATION)
        .then(FIX);
  }

  private Shown session(ScriptedModel model) throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), SESSION);
    List<String> command = new ArrayList<>(ChildJvm.of(Main.class.getName()));
    command.addAll(List.of("--yes", "--keep-going"));
    ProcessBuilder program =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectInput(in.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    Map<String, String> environment = program.environment();
    String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
    environment.clear();
    environment.putAll(
        Map.of(
            "PATH", path,
            "HOME", Files.createDirectories(folder.resolve("home")).toString(),
            "LC_ALL", "C.UTF-8",
            "MAHAVISHNU_LLM__BASE_URL", model.baseUrl(),
            "ORDERS_API_TOKEN", TOKEN.value(),
            "DIRECT_PASSWORD", TYPED.value(),
            "ORDERS_THING", UNKNOWN.value()));
    Process process = program.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      return new Shown(
          process.exitValue(),
          Files.readString(folder.resolve("out")),
          Files.readString(folder.resolve("err")));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void noSecretLeavesItsPlace() throws Exception {
    try (ScriptedModel model = model()) {
      Shown shown = session(model);

      assertThat(model.left()).as(shown.out() + shown.err()).isZero();
      assertThat(model.asked())
          .extracting(Asked::authorization)
          .containsOnly("Bearer " + KEY.value());
      assertThat(shown.out()).contains("***", "orders.csv");
      String wire = Files.readString(folder.resolve("wire.log"));
      assertThat(wire).contains("The token is ***", "no file ordres.csv for ***");
      for (Canary canary : List.of(TOKEN, DECLARED, TYPED, KEY)) {
        assertThat(canary.in(wire)).as(canary.value()).isEmpty();
        // A draft is shown as it is to whoever typed it.
        String out = shown.out().replace("value: " + TYPED.value() + "}", "");
        assertThat(canary.in(out)).as(out).isEmpty();
        assertThat(canary.in(shown.err())).as(shown.err()).isEmpty();
        assertThat(canary.under(folder.resolve("home"))).isEmpty();
      }
      assertThat(TOKEN.under(root)).containsExactly("notes.md");
      assertThat(DECLARED.under(root)).containsExactly(".mahavishnu/secrets/WAREHOUSE", "notes.md");
      assertThat(KEY.under(root)).containsExactly("keys/model");
      // A run keeps the flow that it is a run of, as it was written.
      assertThat(TYPED.under(root))
          .map(file -> file.replaceAll("runs/[^/]+/journal-\\d+\\.log", "runs/*"))
          .containsExactly(".mahavishnu/runs/*", ".mahavishnu/runs/*", "draft.yaml");
    }
  }

  /** Else the test above would prove nothing. */
  @Test
  void whatNobodyKnowsToBeASecretIsFoundInAllThosePlaces() throws Exception {
    try (ScriptedModel model = model()) {
      Shown shown = session(model);

      assertThat(UNKNOWN.in(Files.readString(folder.resolve("wire.log")))).isNotEmpty();
      assertThat(UNKNOWN.under(root))
          .contains("notes.md")
          .anyMatch(file -> file.startsWith(".mahavishnu/runs/"));
      assertThat(UNKNOWN.in(shown.out())).isNotEmpty();
    }
  }

  @Test
  void aCanaryIsFoundInEachOfItsForms() {
    String value = TOKEN.value();
    assertThat(TOKEN.in("x" + value + "y")).isNotEmpty();
    assertThat(TOKEN.in("[\"" + value.substring(0, 12) + "\",\n\"" + value.substring(12) + "\"]"))
        .isNotEmpty();
    assertThat(TOKEN.in(new StringBuilder(value).reverse().toString())).isNotEmpty();
    assertThat(TOKEN.in("user:" + value.substring(0, 22))).isNotEmpty();
    String base64 =
        java.util.Base64.getMimeEncoder(20, new byte[] {'\n'})
            .encodeToString(("ab" + value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(TOKEN.in(base64)).isNotEmpty();
    assertThat(TOKEN.in("nothing to be seen here, " + value.substring(0, 12))).isEmpty();
  }
}
