package dev.mahavishnu.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures, and prints one table. A figure means little alone, so each stands beside another. */
public final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    Path scratch = Files.createTempDirectory(Path.of("target/bench"), "scratch");
    List<Row> rows = new ArrayList<>();
    rows.addAll(Disk.measure(scratch));
    rows.addAll(Durable.measure(scratch));
    rows.addAll(Killed.measure(scratch));
    rows.addAll(Launcher.measure(scratch));
    rows.addAll(Listing.measure(scratch));
    System.out.printf(
        "%n%d cores, load %.1f%n%n",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    System.out.println(Row.HEAD);
    rows.forEach(System.out::println);
  }
}
