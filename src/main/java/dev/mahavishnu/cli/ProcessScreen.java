package dev.mahavishnu.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The terminal of this process. */
final class ProcessScreen {
  private static final Path FDS = Path.of("/proc/self/fd");

  private ProcessScreen() {}

  static Screen of() {
    return new Screen(isTerminal(0), isTerminal(1), isTerminal(2), ProcessScreen::size);
  }

  private static boolean isTerminal(int fd) {
    if (!Files.isDirectory(FDS)) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
    try {
      String target = Files.readSymbolicLink(FDS.resolve(String.valueOf(fd))).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException _) {
      // Closed, or not ours to look at.
      return false;
    }
  }

  private static Screen.Size size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      if (stty.waitFor(2, TimeUnit.SECONDS) && stty.exitValue() == 0 && answer.length == 2) {
        return new Screen.Size(Integer.parseInt(answer[1]), Integer.parseInt(answer[0]));
      }
    } catch (IOException | NumberFormatException _) {
      // A terminal that can't tell.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return new Screen.Size(0, 0);
  }
}
