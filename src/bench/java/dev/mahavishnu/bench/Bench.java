package dev.mahavishnu.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures, and prints one table. A figure means little alone, so each stands beside another. */
public final class Bench {
  /** What is measured. */
  private interface Part {
    List<Row> measure(Path scratch) throws Exception;
  }

  /** By the name that {@code -Dbench.only=NAME,…} takes. */
  private static final Map<String, Part> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("disk", Disk::measure);
    PARTS.put("durable", Durable::measure);
    PARTS.put("killed", Killed::measure);
    PARTS.put("launcher", Launcher::measure);
    PARTS.put("listing", Listing::measure);
    PARTS.put("tree", LiveTree::measure);
    PARTS.put("mirror", scratch -> Prefect.measure(scratch, MirrorCost::measure));
    PARTS.put("worker", scratch -> Prefect.measure(scratch, WorkerSpeed::measure));
  }

  private Bench() {}

  public static void main(String[] args) throws Exception {
    Path scratch = Files.createTempDirectory(Path.of("target/bench"), "scratch");
    System.out.println(Row.HEAD);
    String only = System.getProperty("bench.only", "");
    for (Map.Entry<String, Part> part : PARTS.entrySet()) {
      if (only.isEmpty() || List.of(only.split(",")).contains(part.getKey())) {
        // As they come: a part that breaks takes nothing from those before it.
        part.getValue().measure(scratch).forEach(System.out::println);
      }
    }
    System.out.printf(
        "%n%d cores, load %.1f%n",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
