package dev.mahavishnu.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were typed, each of them once, where it was typed last. A line that begins with a
 * blank or holds a secret is not among them. What is added is in the file at once: several shells
 * may share it. Kept in memory alone where there is no file. For one thread.
 *
 * <p>A line of the file is {@code MILLISECONDS:TEXT}, with {@code \n}, {@code \r} and {@code \\}.
 */
final class LineHistory implements History {
  private static final int MOST = 5_000;

  private final Optional<Path> file;
  private final Predicate<String> secret;
  private final List<Entry> entries = new ArrayList<>();
  private boolean loaded;
  private boolean resting;
  private int index;

  private record Line(int index, Instant time, String line) implements Entry {}

  /**
   * @param secret whether a line must not be kept
   */
  LineHistory(Optional<Path> file, Predicate<String> secret) {
    this.file = file;
    this.secret = secret;
  }

  /** Keeps nothing, while what is typed is no statement. */
  void rest(boolean on) {
    resting = on;
  }

  /**
   * What came after this beginning when it was typed last; empty where it never was, or went on
   * over several lines.
   */
  String rest(String beginning) {
    if (resting || beginning.isBlank()) {
      return "";
    }
    for (Entry entry : entries.reversed()) {
      String line = entry.line();
      if (line.length() > beginning.length()
          && line.startsWith(beginning)
          && line.indexOf('\n') < 0) {
        return line.substring(beginning.length());
      }
    }
    return "";
  }

  @Override
  public void attach(LineReader reader) {
    if (!loaded) {
      loaded = true;
      load();
    }
  }

  @Override
  public void load() {
    entries.clear();
    file.ifPresent(
        path -> {
          List<String> lines = lines(path);
          // Put again, a line goes to the end.
          Map<String, Instant> kept = new LinkedHashMap<>();
          lines.forEach(line -> put(kept, line));
          kept.entrySet().stream()
              .skip(Math.max(0, kept.size() - MOST))
              .forEach(e -> entries.add(new Line(entries.size(), e.getValue(), e.getKey())));
          if (lines.size() > 2 * MOST) {
            shorten(path);
          }
        });
    moveToEnd();
  }

  private static void put(Map<String, Instant> kept, String line) {
    int colon = line.indexOf(':');
    if (colon > 0 && colon < 16 && line.chars().limit(colon).allMatch(c -> c >= '0' && c <= '9')) {
      String text = unescaped(line.substring(colon + 1));
      kept.remove(text);
      kept.put(text, Instant.ofEpochMilli(Long.parseLong(line.substring(0, colon))));
    }
  }

  private static List<String> lines(Path file) {
    // Not strict: a byte that is no UTF-8 must not cost all the rest.
    try (Stream<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines()) {
      return lines.toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private void shorten(Path path) {
    try {
      Path shorter = Files.createTempFile(path.toAbsolutePath().getParent(), "history", ".tmp");
      Files.writeString(shorter, String.join("", entries.stream().map(LineHistory::kept).toList()));
      Files.move(shorter, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException _) {
      // The long one does as well.
    }
  }

  @Override
  public void add(Instant time, String text) {
    String line = text.strip();
    boolean hidden = text.startsWith(" ") || line.isEmpty();
    if (!resting && !hidden && !secret.test(line)) {
      remove(line);
      Entry entry = new Line(entries.size(), time, line);
      entries.add(entry);
      file.ifPresent(path -> append(path, entry));
    }
    moveToEnd();
  }

  private void remove(String line) {
    if (entries.removeIf(e -> e.line().equals(line)) || entries.size() >= MOST) {
      List<Entry> left =
          List.copyOf(entries.subList(Math.max(0, entries.size() - MOST + 1), entries.size()));
      entries.clear();
      left.forEach(e -> entries.add(new Line(entries.size(), e.time(), e.line())));
    }
  }

  private static void append(Path file, Entry entry) {
    try {
      Files.writeString(file, kept(entry), StandardOpenOption.APPEND);
    } catch (IOException _) {
      // It is remembered as long as this shell lives.
    }
  }

  private static String kept(Entry entry) {
    String text = entry.line().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return entry.time().toEpochMilli() + ":" + text + "\n";
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        out.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Each line is in the file already. */
  @Override
  public void save() {}

  @Override
  public void write(@Nullable Path other, boolean incremental) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void append(@Nullable Path other, boolean incremental) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void read(@Nullable Path other, boolean checkDuplicates) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void purge() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public int first() {
    return 0;
  }

  @Override
  public int last() {
    return entries.size() - 1;
  }

  @Override
  public String get(int at) {
    return entries.get(at).line();
  }

  @Override
  public ListIterator<Entry> iterator(int from) {
    return entries.listIterator(from);
  }

  @Override
  public String current() {
    return index >= entries.size() ? "" : entries.get(index).line();
  }

  @Override
  public boolean previous() {
    return moveTo(index - 1);
  }

  /** Past the last line is the one that is being typed. */
  @Override
  public boolean next() {
    boolean moves = index < entries.size();
    index += moves ? 1 : 0;
    return moves;
  }

  @Override
  public boolean moveToFirst() {
    return index != 0 && moveTo(0);
  }

  @Override
  public boolean moveToLast() {
    return index != last() && moveTo(last());
  }

  @Override
  public boolean moveTo(int at) {
    boolean there = at >= 0 && at < entries.size();
    index = there ? at : index;
    return there;
  }

  @Override
  public void moveToEnd() {
    index = entries.size();
  }

  @Override
  public void resetIndex() {
    index = Math.min(index, entries.size());
  }
}
