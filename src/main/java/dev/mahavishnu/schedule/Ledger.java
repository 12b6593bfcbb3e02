package dev.mahavishnu.schedule;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code serve} has decided, on the disk before it is done: how far each schedule was kept,
 * since when each trigger is there, and the runs to start. A line is a decision, whole or not at
 * all. For one thread of the one process that serves the workspace.
 */
final class Ledger implements AutoCloseable {
  private static final int MOST_LINES = 20_000;
  private static final String MARKS = "marks";
  private static final String INTENTS = "intents";
  private static final String SETTLED = "settled";
  private static final String FORGOTTEN = "forgotten";

  private final Path file;
  private final Supplier<Set<RunId>> runs;
  private final Map<String, Instant> marks = new LinkedHashMap<>();
  private final Map<String, Intent> open = new LinkedHashMap<>();

  /** Triggered runs that were started, by the run that ended: an end counts once. */
  private final Map<String, RunId> followed = new LinkedHashMap<>();

  private final Disk disk;
  private FileChannel channel;
  private int lines;

  /** Up to here the file has whole lines: half a one, of a disk that was full, is cut off. */
  private long whole;

  /** Writes bytes, not always all of them. */
  interface Disk {
    void write(FileChannel to, ByteBuffer bytes) throws IOException;
  }

  /**
   * Opens the ledger of a workspace.
   *
   * @param runs those that there are: what followed one that is gone is forgotten
   * @throws StoreException when it can't be read or written
   */
  Ledger(Path folder, Supplier<Set<RunId>> runs, Disk disk) {
    this.file = folder.resolve("ledger");
    this.runs = runs;
    this.disk = disk;
    try {
      Files.createDirectories(folder);
      read();
      channel = rewritten();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private StoreException failed(IOException e) {
    return new StoreException("what serve has done can't be kept in " + file, e);
  }

  /** How far a schedule was kept, or since when a trigger is there. */
  Optional<Instant> mark(String key) {
    return Optional.ofNullable(marks.get(key));
  }

  /** Runs that were decided on and not yet started, in order. */
  List<Intent> open() {
    return List.copyOf(open.values());
  }

  /** Whether this was decided on before; of schedules only while it is open. */
  boolean knows(Intent intent) {
    return open.containsKey(intent.key()) || followed.containsKey(intent.key());
  }

  /** Keeps a decision; when this returns it lasts. */
  void decide(Map<String, Instant> newMarks, List<Intent> intents) {
    if (newMarks.isEmpty() && intents.isEmpty()) {
      return;
    }
    ObjectNode line = JsonMapper.shared().createObjectNode();
    ObjectNode marked = line.putObject(MARKS);
    newMarks.forEach((key, at) -> marked.put(key, at.toString()));
    intents.forEach(intent -> line.withArray(INTENTS).add(json(intent)));
    append(line, true);
  }

  /** The run was started, or never will be. Losing this costs a look at the run's journal. */
  void settle(Intent intent) {
    settle(List.of(intent));
  }

  void settle(List<Intent> intents) {
    ObjectNode line = JsonMapper.shared().createObjectNode();
    intents.stream().map(Intent::key).forEach(line.putArray(SETTLED)::add);
    append(line, false);
  }

  /** Of schedules and triggers. */
  Set<String> marked() {
    return Set.copyOf(marks.keySet());
  }

  /** Schedules and triggers that are no longer there: if they come back, they are new. */
  void forget(Predicate<String> gone) {
    List<String> keys = marks.keySet().stream().filter(gone).toList();
    if (!keys.isEmpty()) {
      ObjectNode line = JsonMapper.shared().createObjectNode();
      keys.forEach(line.putArray(FORGOTTEN)::add);
      append(line, true);
    }
  }

  private void append(JsonNode line, boolean force) {
    try {
      apply(line);
      channel.truncate(whole);
      write(channel, line, force);
      whole = channel.position();
      if (++lines > MOST_LINES) {
        channel.close();
        channel = rewritten();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(FileChannel to, JsonNode line, boolean force) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      disk.write(to, bytes);
    }
    if (force) {
      to.force(false);
    }
  }

  private void read() throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException none) {
      return;
    }
    // What follows the last line break was being written when the process died.
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    for (String line : whole.lines().toList()) {
      try {
        apply(JsonMapper.shared().readTree(line));
      } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
        throw new StoreException(file + " is damaged; without it, serve starts anew", e);
      }
    }
  }

  private void apply(JsonNode line) {
    line.path(MARKS)
        .properties()
        .forEach(e -> marks.put(e.getKey(), Instant.parse(e.getValue().asString())));
    for (JsonNode node : line.path(INTENTS)) {
      Intent intent = intent(node);
      // Removed first, so that one that got a new id is the last in order.
      open.remove(intent.key());
      if (node.path("done").asBoolean(false)) {
        followed.put(intent.key(), intent.run());
      } else {
        open.put(intent.key(), intent);
      }
    }
    for (JsonNode key : line.path(SETTLED)) {
      Optional.ofNullable(open.remove(key.asString()))
          .filter(Intent::isTriggered)
          .ifPresent(intent -> followed.put(intent.key(), intent.run()));
    }
    line.path(FORGOTTEN).forEach(key -> marks.remove(key.asString()));
  }

  private static ObjectNode json(Intent intent) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("cause", intent.cause())
        .put("flow", intent.flow())
        .put("run", intent.run().text())
        .put("due", intent.due().toString());
  }

  private static Intent intent(JsonNode node) {
    return new Intent(
        node.path("cause").asString(),
        node.path("flow").asString(),
        new RunId(node.path("run").asString()),
        Instant.parse(node.path("due").asString()));
  }

  /** Writes the state as one line, in place of all that led to it. */
  private FileChannel rewritten() throws IOException {
    Set<String> gone = new HashSet<>();
    Set<RunId> there = followed.isEmpty() ? Set.of() : runs.get();
    ObjectNode line = JsonMapper.shared().createObjectNode();
    ObjectNode marked = line.putObject(MARKS);
    marks.forEach((key, at) -> marked.put(key, at.toString()));
    List<ObjectNode> intents = new ArrayList<>();
    followed.forEach(
        (key, run) -> {
          int at = key.indexOf(' ');
          Intent intent =
              new Intent(key.substring(at + 1), key.substring(0, at), run, Instant.EPOCH);
          if (there.contains(intent.ended())) {
            intents.add(json(intent).put("done", true));
          } else {
            gone.add(key);
          }
        });
    open.values().forEach(intent -> intents.add(json(intent)));
    line.putArray(INTENTS).addAll(intents);
    gone.forEach(followed::remove);
    Path draft = file.resolveSibling("ledger.new");
    FileChannel to =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    write(to, line, true);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lines = 1;
    whole = to.position();
    return to;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
