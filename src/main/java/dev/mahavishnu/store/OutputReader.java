package dev.mahavishnu.store;

import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds outputs by the position of their records. Safe for several threads. */
final class OutputReader implements AutoCloseable {
  private static final long CACHE_BYTES = 16 << 20;
  private static final int WINDOW = 64 << 10;

  private record Cached(JsonNode value, long bytes) {}

  private record Found(Output output, long bytes) {}

  private final RunId run;
  private final Path folder;
  private final Outputs outputs;
  private final Map<Long, Cached> cache = new LinkedHashMap<>(16, 0.75f, true);
  private long cachedBytes;
  private List<Segment> segments = List.of();
  private Optional<Segment> open = Optional.empty();
  private Optional<Window> window = Optional.empty();

  OutputReader(RunId run, Path folder, Outputs outputs) {
    this.run = run;
    this.folder = folder;
    this.outputs = outputs;
  }

  /**
   * The output that the record at this position holds.
   *
   * @throws StoreException when there is none, or it is damaged
   */
  JsonNode at(long position) {
    Found found;
    synchronized (this) {
      Cached hit = cache.get(position);
      if (hit != null) {
        return hit.value();
      }
      try {
        found = record(position);
      } catch (IOException e) {
        throw Messages.store("an output of run " + run + " can't be read", e);
      }
    }
    // Files are read outside the lock: they may be large.
    JsonNode value = outputs.read(found.output());
    remember(position, value, found.bytes());
    return value;
  }

  private synchronized void remember(long position, JsonNode value, long bytes) {
    if (bytes > CACHE_BYTES / 2 || cache.containsKey(position)) {
      return;
    }
    cache.put(position, new Cached(value, bytes));
    cachedBytes += bytes;
    var eldest = cache.entrySet().iterator();
    while (cachedBytes > CACHE_BYTES) {
      cachedBytes -= eldest.next().getValue().bytes();
      eldest.remove();
    }
  }

  private Found record(long position) throws IOException {
    Segment segment = segment(position);
    Window bytes = window(segment);
    long offset = position - segment.base();
    int length =
        bytes.load(offset, Frame.HEADER) < Frame.HEADER
            ? -1
            : Frame.length(bytes.bytes(), bytes.at(offset));
    if (length <= 0
        || offset + Frame.HEADER + length > bytes.fileLength()
        || bytes.load(offset, Frame.HEADER + length) < Frame.HEADER + length
        || !Frame.isRight(bytes.bytes(), bytes.at(offset), length, position)) {
      bytes.forget();
      throw new StoreException(
          "the record at " + position + " of run " + run + " is damaged (" + segment.file() + ")");
    }
    int from = bytes.at(offset) + Frame.HEADER;
    Output output =
        output(EventCodec.read(bytes.bytes(), from, length).event())
            .orElseThrow(
                () ->
                    new StoreException(
                        "the record at " + position + " of run " + run + " has no output"));
    return new Found(output, output instanceof Output.Stored stored ? stored.bytes() : length);
  }

  private static Optional<Output> output(RunEvent event) {
    return switch (event) {
      case RunEvent.TaskMoved e -> e.output();
      case RunEvent.Mapped e -> Optional.of(e.items());
      case RunEvent.Returned e -> Optional.of(e.outputs());
      case RunEvent.Created _,
          RunEvent.Opened _,
          RunEvent.Moved _,
          RunEvent.Nested _,
          RunEvent.Commanded _,
          RunEvent.Reset _,
          RunEvent.Halted _,
          RunEvent.Amended _ ->
          Optional.empty();
    };
  }

  private Segment segment(long position) throws IOException {
    Optional<Segment> known = floor(position);
    if (known.isEmpty()
        || (known.get().equals(segments.getLast()) && position >= known.get().end())) {
      segments = Segment.list(folder);
      known = floor(position);
    }
    return known.orElseThrow(
        () -> new StoreException("run " + run + " has no record at " + position));
  }

  private Optional<Segment> floor(long position) {
    for (Segment segment : segments.reversed()) {
      if (segment.base() <= position) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  private Window window(Segment segment) throws IOException {
    if (window.isEmpty() || !open.equals(Optional.of(segment))) {
      close();
      window = Optional.of(new Window(segment.file(), WINDOW));
      open = Optional.of(segment);
    }
    return window.get();
  }

  @Override
  public synchronized void close() {
    if (window.isPresent()) {
      try {
        window.get().close();
      } catch (IOException e) {
        throw Messages.store("the journal of run " + run + " can't be closed", e);
      } finally {
        window = Optional.empty();
        open = Optional.empty();
      }
    }
  }
}
