package dev.mahavishnu.prefect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * An empty PostgreSQL on a free loopback port, for a Prefect server that is asked by several at the
 * same time: on SQLite one stands still then, for a minute at a time (docs/prefect.md). It ends
 * with this JVM at the latest.
 */
final class PostgresProcess {
  /** From the library of PostgreSQL builds, which has this system's or nothing. */
  private static final String BUILD = "/postgres-linux-x86_64.txz";

  private static final Duration START = Duration.ofMinutes(1);

  private final Path home;
  private final int port;
  private final GuardedProcess process;

  private PostgresProcess(Path home, int port, GuardedProcess process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /**
   * With the tables of Prefect in it.
   *
   * @return empty where there is no build for this system
   */
  static Optional<PostgresProcess> start(Path venv) throws IOException, PrefectVenv.Unavailable {
    boolean here =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    if (!here) {
      return Optional.empty();
    }
    Path made =
        PrefectVenv.once(
            "postgres-" + size() + "-of-" + venv.getFileName(), folder -> make(folder, venv));
    Path home = Files.createTempDirectory("mahavishnu-postgres");
    PrefectVenv.output(List.of("cp", "-a", made.resolve("data").toString(), home.toString()));
    return Optional.of(serve(made, home));
  }

  /** Tells one version of the build from another. */
  private static long size() throws IOException {
    try (InputStream stream = PostgresProcess.class.getResourceAsStream(BUILD)) {
      return stream.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void make(Path folder, Path venv) throws IOException, PrefectVenv.Unavailable {
    Path archive = folder.resolve("postgres.txz");
    try (InputStream stream = PostgresProcess.class.getResourceAsStream(BUILD)) {
      Files.copy(stream, archive);
    }
    PrefectVenv.output(
        List.of("python3", "-m", "tarfile", "-e", archive.toString(), folder.toString()));
    Files.delete(archive);
    PrefectVenv.output(
        asNobody(
            folder.resolve("bin/initdb").toString(),
            "--pgdata",
            folder.resolve("data").toString(),
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync"));
    Path home = Files.createTempDirectory("mahavishnu-postgres");
    Files.move(folder.resolve("data"), home.resolve("data"));
    PostgresProcess first = serve(folder, home);
    PrefectVenv.makeTables(
        venv,
        Map.of(
            "PREFECT_HOME", home.toString(), "PREFECT_API_DATABASE_CONNECTION_URL", first.url()));
    first.process.end();
    PrefectVenv.output(List.of("cp", "-a", home.resolve("data").toString(), folder.toString()));
    GuardedProcess.delete(home);
  }

  private static PostgresProcess serve(Path made, Path home) throws IOException {
    int port = PrefectProcess.freePort();
    Path log = home.resolve("server.log");
    GuardedProcess process =
        GuardedProcess.start(
            home,
            log,
            Map.of(),
            asNobody(
                made.resolve("bin/postgres").toString(),
                "-D",
                home.resolve("data").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-k",
                "",
                "-c",
                "fsync=off"));
    Awaitility.await("start of PostgreSQL")
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .failFast("PostgreSQL ended: " + log, () -> !process.isAlive())
        .until(() -> Files.readString(log).contains("ready to accept connections"));
    return new PostgresProcess(home, port, process);
  }

  /** What a Prefect server takes as PREFECT_API_DATABASE_CONNECTION_URL. */
  String url() {
    return "postgresql+asyncpg://postgres@127.0.0.1:" + port + "/postgres";
  }

  void close() {
    process.end();
    GuardedProcess.delete(home);
  }

  /** PostgreSQL refuses to run as root. */
  private static List<String> asNobody(String... command) {
    List<String> words = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      words.addAll(List.of("unshare", "--user"));
    }
    words.addAll(List.of(command));
    return words;
  }
}
