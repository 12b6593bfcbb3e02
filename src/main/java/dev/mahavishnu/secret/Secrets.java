package dev.mahavishnu.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the values of declared secrets come from: the environment variable {@code
 * MAHAVISHNU_SECRET_NAME}, else the environment variable {@code NAME}, else the file {@code NAME}
 * in the workspace's folder of secrets, mode 0600. A variable that is empty counts as not set.
 */
public final class Secrets {
  /** Variables with this prefix never reach a task's environment. */
  public static final String VARIABLE_PREFIX = "MAHAVISHNU_SECRET_";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
  private static final int LARGEST = 64 * 1024;

  private final Map<String, String> environment;
  private final Path folder;

  /**
   * @param environment of this process
   * @param folder {@code .mahavishnu/secrets} of the workspace; need not exist
   */
  public Secrets(Map<String, String> environment, Path folder) {
    this.environment = Map.copyOf(environment);
    this.folder = folder;
  }

  /** What became of the names asked for: all values, or every fault. */
  public sealed interface Resolution {}

  /** Every name has its value, in the order asked for. */
  public record Resolved(Map<String, String> values) implements Resolution {
    public Resolved {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Names alone: this may end in a log. */
    @Override
    public String toString() {
      return "Resolved" + values.keySet();
    }
  }

  /** Some have none. */
  public record Unresolved(List<Fault> faults) implements Resolution {
    public Unresolved {
      faults = List.copyOf(faults);
    }
  }

  /**
   * A secret without a value.
   *
   * @param message one line: what is wrong and how to set it
   */
  public record Fault(String name, String message) {}

  /** Finds the values of these names. */
  public Resolution resolve(List<String> names) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Fault> faults = new ArrayList<>();
    for (String name : names) {
      try {
        Optional<String> value = find(name);
        value.ifPresentOrElse(
            v -> values.put(name, v), () -> faults.add(new Fault(name, howToSet(name))));
      } catch (IOException e) {
        faults.add(new Fault(name, "secret " + name + ": " + e.getMessage()));
      }
    }
    return faults.isEmpty() ? new Resolved(values) : new Unresolved(faults);
  }

  /**
   * Every value here that is a secret or may be one, for a {@link Redactor}: those of the declared
   * names, of each variable that is Mahavishnu's or {@linkplain Confidential named like a
   * secret's}, and of each file in the folder of secrets, whoever may read it. What can't be read
   * is left out: nobody can have shown it.
   *
   * @param declared names of secrets that flows declare
   */
  public Set<String> known(Collection<String> declared) {
    Set<String> known = new LinkedHashSet<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE_PREFIX) || Confidential.is(name, value)) {
            known.add(value);
          }
        });
    for (String name : declared) {
      known.add(environment.getOrDefault(name, ""));
    }
    for (Path file : files()) {
      try {
        known.add(text(file, Files.readAllBytes(file)));
      } catch (IOException unreadable) {
        // No task gets it either.
      }
    }
    known.remove("");
    return known;
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).filter(Secrets::isSmall).sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      return List.of();
    }
  }

  private static boolean isSmall(Path file) {
    try {
      return Files.size(file) <= LARGEST;
    } catch (IOException gone) {
      return false;
    }
  }

  private Optional<String> find(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("not a name: letters, digits and _ only, at most 100");
    }
    for (String variable : List.of(VARIABLE_PREFIX + name, name)) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    Path file = folder.resolve(name);
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  private static String read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not a file");
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is larger than 64 KiB");
    }
    String value = text(file, PrivateFile.read(file));
    if (value.isEmpty()) {
      throw new IOException(file + " is empty");
    }
    return value;
  }

  private static String text(Path file, byte[] content) throws IOException {
    try {
      return withoutLineEnd(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8 text", e);
    }
  }

  /** Editors and {@code echo} end a file with a line end that is not part of the secret. */
  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private String howToSet(String name) {
    return "secret "
        + name
        + " is not set; set the environment variable "
        + VARIABLE_PREFIX
        + name
        + " or "
        + name
        + ", or write it to "
        + folder.resolve(name)
        + " (mode 600)";
  }
}
