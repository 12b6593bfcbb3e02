package dev.mahavishnu.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Values that do harm wherever a value becomes code; each would touch or remove a canary. */
final class HostileValues {
  private HostileValues() {}

  static Stream<String> all() {
    return Stream.of(
        "",
        " ",
        "; touch C",
        "$(touch C)",
        "`touch C`",
        "| touch C",
        "&& touch C #",
        "\ntouch C\n",
        "\n\n",
        "line\n",
        "\r\n\ttab",
        "'; touch C; '",
        "\"; touch C; \"",
        "'\\''",
        "\\",
        "\\\\\"'",
        "$HOME ${HOME} $$ !!",
        "* ? [a-z] ~ {a,b}",
        "--",
        "-rf",
        "--help",
        "${MV_1}",
        "$MV_1_FILE",
        "%s%n%d",
        "\u001b[31m\u001b]0;title\u0007\b\u007f",
        "grüße 漢字 \ud83d\ude00 \u202e",
        "__import__('os').system('touch C')",
        "{{ 7*7 }} ${{ params.x }}",
        "#go",
        "\n#go\ntouch C",
        "x".repeat(100 * 1024),
        "'$(touch C)\n".repeat(1024 * 1024 / 12) + "'\n\n\n\n");
  }

  /** A file that must stay, and files that must not come to be. */
  record Canary(Path folder) {
    static Canary in(Path folder) throws IOException {
      Files.writeString(folder.resolve("canary"), "alive");
      return new Canary(folder);
    }

    void assertUntouched() {
      assertThat(folder.resolve("canary")).hasContent("alive");
      assertThat(List.of(folder.toFile().list())).doesNotContain("C");
    }
  }
}
