package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of its own for tests in which a JVM dies, or has little memory. */
final class OtherJvm {
  private OtherJvm() {}

  /** {@code hold|run|count|utf8 FOLDER COMMAND}: prints what the test waits for. */
  public static void main(String[] args) throws Exception {
    Given given = Given.shell(Path.of(args[1]), args[2]);
    switch (args[0]) {
      case "hold" -> {
        tell(new ShellRunner().prepare(given));
        Thread.sleep(60_000);
      }
      case "run" -> {
        Attempt attempt = new ShellRunner().prepare(given);
        tell(attempt);
        attempt.run();
      }
      case "count" -> {
        long[] characters = new long[1];
        ProgramOutput.Log log = (stream, line) -> characters[0] += line.length();
        Outcome outcome = new ShellRunner().prepare(new Counting(given, log)).run();
        System.out.println(outcome + " " + characters[0]);
      }
      case "utf8" ->
          System.out.println(
              new ShellRunner().prepare(given.with("x", "grüße \u6f22\u5b57 \ud83d\ude00")).run());
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void tell(Attempt attempt) {
    var child = attempt.child().orElseThrow();
    System.out.println(child.pid() + " " + child.started() + " " + child.mark());
  }

  /** Starts this program. */
  static Process start(List<String> options, Map<String, String> variables, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(options);
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), OtherJvm.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  /** Ends it as a crash does, with no chance to clean up. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
