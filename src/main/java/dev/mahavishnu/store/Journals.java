package dev.mahavishnu.store;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads journals that others may be writing. Safe for several threads. */
final class Journals {
  private static final int PLACES = 64;

  /** Where a reader of events got to, so that its next look starts there. */
  private record Place(long seq, long position) {
    static final Place START = new Place(0, 0);
  }

  private final Disk disk;
  private final Path runs;
  private final Map<RunId, Place> places =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Place> eldest) {
          return size() > PLACES;
        }
      };

  Journals(Disk disk, Path runs) {
    this.disk = disk;
    this.runs = runs;
  }

  Path folder() {
    return runs;
  }

  RunFolder folder(RunId run) {
    return new RunFolder(run, runs.resolve(run.text()));
  }

  /** Whether the run has a journal: it has one from when it was created on. */
  boolean isThere(RunId run) throws IOException {
    return !Segment.list(folder(run).path()).isEmpty();
  }

  /** The fold of what is there, with the help of an image; empty when there is no such run. */
  Optional<RunFold> fold(RunId run) throws IOException {
    RunFolder folder = folder(run);
    Optional<Checkpoints.Restored> image = new Checkpoints(disk, folder).newest(false);
    RunFold fold = image.map(Checkpoints.Restored::fold).orElseGet(RunFold::new);
    Place place = image.map(i -> new Place(fold.seq(), i.mark().position())).orElse(Place.START);
    read(
        run,
        place,
        (seq, position, bytes, from, length) -> {
          EventCodec.Decoded decoded = EventCodec.read(bytes, from, length);
          fold.apply(new Recorded(seq, position, decoded.at(), decoded.event()));
        });
    return fold.seq() == 0 ? Optional.empty() : Optional.of(fold);
  }

  /** The events from a sequence number on that are there. */
  List<Recorded> events(RunId run, long fromSeq) throws IOException {
    List<Recorded> events = new ArrayList<>();
    Place end =
        read(
            run,
            place(run, fromSeq),
            (seq, position, bytes, from, length) -> {
              if (seq >= fromSeq) {
                EventCodec.Decoded decoded = EventCodec.read(bytes, from, length);
                events.add(new Recorded(seq, position, decoded.at(), decoded.event()));
              }
            });
    synchronized (places) {
      places.put(run, end);
    }
    return events;
  }

  /** The events after one, at most so many. */
  List<Recorded> events(RunId run, Optional<Recorded> after, int most) throws IOException {
    Portion portion = new Portion(after.map(Recorded::seq).orElse(0L), most);
    read(
        run,
        after.map(event -> new Place(event.seq() - 1, event.position())).orElse(Place.START),
        portion);
    return portion.events;
  }

  /** Takes the events after one, until there are enough. */
  private static final class Portion implements JournalReader.Visitor {
    private final List<Recorded> events = new ArrayList<>();
    private final long after;
    private final int most;

    Portion(long after, int most) {
      this.after = after;
      this.most = most;
    }

    @Override
    public void record(long seq, long position, byte[] bytes, int from, int length) {
      if (seq > after && events.size() < most) {
        EventCodec.Decoded decoded = EventCodec.read(bytes, from, length);
        events.add(new Recorded(seq, position, decoded.at(), decoded.event()));
      }
    }

    @Override
    public boolean hasEnough() {
      return events.size() >= most;
    }
  }

  private Place place(RunId run, long fromSeq) {
    synchronized (places) {
      Place place = places.getOrDefault(run, Place.START);
      return place.seq() < fromSeq ? place : Place.START;
    }
  }

  private Place read(RunId run, Place from, JournalReader.Visitor visitor) throws IOException {
    Path folder = folder(run).path();
    try {
      List<Segment> segments = Segment.list(folder);
      if (segments.isEmpty()) {
        return Place.START;
      }
      JournalReader.End end =
          JournalReader.read(run, segments, from.position(), from.seq(), visitor);
      return new Place(end.seq(), end.position());
    } catch (IOException e) {
      if (Files.isDirectory(folder)) {
        throw e;
      }
      // It was deleted meanwhile.
      return Place.START;
    }
  }
}
