package dev.mahavishnu.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.secret.Secrets.Fault;
import dev.mahavishnu.secret.Secrets.Resolved;
import dev.mahavishnu.secret.Secrets.Unresolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretsTest {
  @TempDir Path folder;

  private void write(String name, String content, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private Secrets.Resolution resolve(Map<String, String> environment, String... names) {
    return new Secrets(environment, folder).resolve(List.of(names));
  }

  @Test
  void theVariableOfMahavishnuWinsOverThePlainOneAndBothOverTheFile() throws IOException {
    write("A", "file", "rw-------");
    write("B", "file", "rw-------");
    write("C", "file\n", "r--------");
    Map<String, String> environment =
        Map.of("MAHAVISHNU_SECRET_A", "ours", "A", "plain", "B", "plain", "C", "");

    assertThat(resolve(environment, "A", "B", "C"))
        .isEqualTo(new Resolved(Map.of("A", "ours", "B", "plain", "C", "file")));
  }

  @Test
  void aFileKeepsAllButTheLastLineEnd() throws IOException {
    write("KEY", " a\nb \n\n", "rw-------");
    write("DOS", "x\r\n", "rw-------");

    assertThat(resolve(Map.of(), "KEY", "DOS"))
        .isEqualTo(new Resolved(Map.of("KEY", " a\nb \n", "DOS", "x")));
  }

  @Test
  void everyMissingSecretIsNamedWithTheWaysToSetIt() {
    assertThat(resolve(Map.of("HERE", "yes"), "ONE", "HERE", "TWO"))
        .isEqualTo(
            new Unresolved(
                List.of(
                    new Fault(
                        "ONE",
                        "secret ONE is not set; set the environment variable"
                            + " MAHAVISHNU_SECRET_ONE or ONE, or write it to "
                            + folder.resolve("ONE")
                            + " (mode 600)"),
                    new Fault(
                        "TWO",
                        "secret TWO is not set; set the environment variable"
                            + " MAHAVISHNU_SECRET_TWO or TWO, or write it to "
                            + folder.resolve("TWO")
                            + " (mode 600)"))));
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws IOException {
    write("KEY", "value", "rw-r--r--");
    Path file = folder.resolve("KEY");

    assertThat(resolve(Map.of(), "KEY"))
        .isEqualTo(
            new Unresolved(
                List.of(
                    new Fault(
                        "KEY",
                        "secret KEY: "
                            + file
                            + " is open to others (rw-r--r--); run: chmod 600 "
                            + file))));
  }

  @Test
  void aNameIsNeverAPath() throws IOException {
    Path outside = Files.writeString(folder.resolve("x"), "value");
    Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-------"));
    Secrets secrets = new Secrets(Map.of(), folder.resolve("secrets"));

    assertThat(secrets.resolve(List.of("../x")))
        .isEqualTo(
            new Unresolved(
                List.of(
                    new Fault(
                        "../x",
                        "secret ../x: not a name: letters, digits and _ only, at most 100"))));
  }

  @Test
  void emptyFoldersAndBinaryFilesAreSaidSo() throws IOException {
    write("EMPTY", "\n", "rw-------");
    Files.createDirectory(folder.resolve("FOLDER"));
    Path binary = Files.write(folder.resolve("BINARY"), new byte[] {(byte) 0xff, 1});
    Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rw-------"));

    assertThat(resolve(Map.of(), "EMPTY", "FOLDER", "BINARY"))
        .isEqualTo(
            new Unresolved(
                List.of(
                    new Fault("EMPTY", "secret EMPTY: " + folder.resolve("EMPTY") + " is empty"),
                    new Fault(
                        "FOLDER", "secret FOLDER: " + folder.resolve("FOLDER") + " is not a file"),
                    new Fault("BINARY", "secret BINARY: " + binary + " is not UTF-8 text"))));
  }

  @Test
  void valuesNeverShowInToString() {
    assertThat(resolve(Map.of("A", "hush"), "A")).hasToString("Resolved[A]");
  }

  @Test
  void whatMayBeASecretIsKnownToWhoTakesSecretsOut() throws IOException {
    write("OPEN", "a file that others may read\n", "rw-r--r--");
    write("EMPTY", "\n", "rw-------");
    Files.createDirectory(folder.resolve("FOLDER"));
    Map<String, String> environment =
        Map.of(
            "MAHAVISHNU_SECRET_A", "ours",
            "ORDERS", "declared",
            "OTHERS", "not declared",
            "PATH", "/usr/bin");

    assertThat(new Secrets(environment, folder).known(List.of("ORDERS", "MISSING")))
        .containsExactlyInAnyOrder("ours", "declared", "a file that others may read");
    assertThat(new Secrets(Map.of(), folder.resolve("nowhere")).known(List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DB_PASSWORD, hunter2hunter2, true",
    "OPENAI_API_KEY, abcdefgh12345678, true",
    "GITHUB_TOKEN, abcdefgh12345678, true",
    "github_token, abcdefgh12345678, true",
    "AWS_SECRET_ACCESS_KEY, abcdefgh12345678, true",
    "MYSQL_PWD, hunter2hunter2, true",
    "ApiKey, abcdefgh12345678, true",
    "DATABASE_URL, postgres://me:pw@host/db, true",
    "DATABASE_URL, postgres://host/db, false",
    "PWD, /home/somebody, false",
    "OLDPWD, /home/somebody, false",
    "SSH_KEY_PATH, /home/me/.ssh/id, false",
    "API_KEY_FILE, secrets/api-key, false",
    "MONKEY, abcdefgh12345678, false",
    "TOKENIZERS_PARALLELISM, false-or-true, false",
    "DB_PASSWORD, true, false",
    "KEYBOARD, abcdefgh12345678, false",
  })
  void aVariableIsConfidentialByItsName(String name, String value, boolean confidential) {
    assertThat(new Secrets(Map.of(name, value), folder).known(List.of()).contains(value))
        .isEqualTo(confidential);
  }
}
