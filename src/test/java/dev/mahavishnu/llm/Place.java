package dev.mahavishnu.llm;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.FlowReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Surroundings made of a folder, for tests. */
final class Place implements Surroundings {
  final Path root;
  final List<KnownFlow> flows = new ArrayList<>();
  final Redactor redactor = new Redactor();

  Place(Path root) {
    this.root = root;
  }

  Place with(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public List<KnownFlow> flows() {
    return flows;
  }

  @Override
  public Optional<RunHistory> history() {
    return Optional.empty();
  }

  @Override
  public Redactor redactor() {
    return redactor;
  }

  @Override
  public List<String> deployments() {
    return List.of("etl/nightly");
  }

  @Override
  public FlowReader reader() {
    return new FlowReader(new Expressions());
  }

  @Override
  public Clock clock() {
    return Clock.fixed(Instant.parse("2026-11-24T01:00:00Z"), ZoneId.of("Europe/Berlin"));
  }
}
