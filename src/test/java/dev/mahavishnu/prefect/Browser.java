package dev.mahavishnu.prefect;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/**
 * Opens a page of a Prefect server as a person's browser does. Where there is none, the test is
 * skipped and says so.
 */
public final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 1000;
  private static final long LIMIT_SECONDS = 60;

  /** Chromium without a screen hangs now and then. */
  private static final int TRIES = 3;

  /** The height of what a flow run's page says above its graph, its state in green among it. */
  private static final int HEAD = 110;

  /** The height of the part of a flow run's page that shows its graph. */
  private static final int GRAPH = 384;

  /** Lower ones are strips along the graph's edge. */
  private static final int LEAST_BAR = 16;

  /**
   * From one row of bars to the next, in heights of a bar, where rows are so near that their bars
   * touch.
   */
  private static final float ROW = 17.5f / 21;

  /**
   * A page when all that it loads is there.
   *
   * @param text its document, after its scripts ran
   * @param file a picture of it
   */
  public record Page(String text, BufferedImage picture, Path file) {
    /**
     * How many bars stand for completed task runs in the graph of a flow run that has completed.
     * The graph is drawn on a canvas, so there is nothing but its colours: green are those bars. It
     * is not always drawn to the same scale, nor always whole to the end of its time.
     */
    public int completedBars() {
      int[] heights =
          green(picture).stream()
              .filter(r -> r.height >= LEAST_BAR && r.y > HEAD && r.y < HEAD + GRAPH)
              .mapToInt(r -> r.height)
              .toArray();
      int bar = IntStream.of(heights).min().orElse(0);
      return IntStream.of(heights).map(h -> 1 + Math.round((h - bar) / (bar * ROW))).sum();
    }
  }

  private Browser() {}

  /**
   * @param folder for the picture and the browser's own files
   */
  public static Page open(URI url, Path folder, String name)
      throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Page> page = tried(url, folder, name);
      if (page.isPresent()) {
        return page.get();
      }
    }
    throw new IOException("the browser did not end in " + TRIES + " times " + LIMIT_SECONDS + " s");
  }

  private static Optional<Page> tried(URI url, Path folder, String name)
      throws IOException, InterruptedException {
    Path picture = folder.resolve(name + ".png");
    Path document = folder.resolve(name + ".html");
    Path profile = Files.createTempDirectory("mahavishnu-browser");
    try {
      Process browser =
          new ProcessBuilder(
                  command().toString(),
                  "--headless=new",
                  // The pages are our own, and root can have no sandbox.
                  "--no-sandbox",
                  "--disable-gpu",
                  "--use-angle=swiftshader",
                  "--enable-unsafe-swiftshader",
                  "--user-data-dir=" + profile,
                  "--window-size=" + WIDTH + "," + HEIGHT,
                  // A server that was there before the tests may name Prefect's usual port.
                  "--host-resolver-rules=MAP 127.0.0.1:4200 " + url.getAuthority(),
                  "--virtual-time-budget=20000",
                  "--dump-dom",
                  "--screenshot=" + picture.toAbsolutePath(),
                  url.toString())
              .redirectOutput(document.toFile())
              .redirectError(folder.resolve(name + ".log").toFile())
              .start();
      if (!browser.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        browser.waitFor();
        return Optional.empty();
      }
      return Optional.of(
          new Page(Files.readString(document), ImageIO.read(picture.toFile()), picture));
    } finally {
      GuardedProcess.delete(profile);
    }
  }

  private static Path command() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> Assumptions.abort("no browser: none of " + NAMES + " is installed"));
  }

  /** The boxes around what hangs together and is green. */
  private static List<Rectangle> green(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    BitSet left = new BitSet(width * height);
    for (int i = 0; i < width * height; i++) {
      left.set(i, isGreen(picture.getRGB(i % width, i / width)));
    }
    List<Rectangle> boxes = new ArrayList<>();
    for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i)) {
      boxes.add(take(left, i, width));
    }
    return boxes;
  }

  private static Rectangle take(BitSet left, int first, int width) {
    Rectangle box = new Rectangle(first % width, first / width, 1, 1);
    Deque<Integer> next = new ArrayDeque<>(List.of(first));
    left.clear(first);
    while (!next.isEmpty()) {
      int at = next.remove();
      box.add(new Rectangle(at % width, at / width, 1, 1));
      for (int beside : List.of(at - 1, at + 1, at - width, at + width)) {
        if (beside >= 0 && left.get(beside)) {
          left.clear(beside);
          next.add(beside);
        }
      }
    }
    return box;
  }

  private static boolean isGreen(int rgb) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    return green > 100 && green > red + 60 && green > blue + 40;
  }
}
