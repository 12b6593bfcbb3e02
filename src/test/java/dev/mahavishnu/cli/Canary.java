package dev.mahavishnu.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A secret that is looked for wherever it must not be: in plain, in any case, backwards, in base64
 * at each alignment, in hexadecimal, and in those of base64; whatever signs stand between its
 * letters; and half of each of these forms. Written apart from what takes secrets out, and simpler.
 */
record Canary(String value) {

  private Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    add(forms, "plain", value);
    add(forms, "backwards", new StringBuilder(value).reverse().toString());
    for (int before = 0; before < 3; before++) {
      String once = base64(value, before);
      add(forms, "base64", once);
      add(forms, "base64 of base64", base64(once, 0));
      add(forms, "hex of base64", hex(once));
    }
    add(forms, "hex", hex(value));
    return forms;
  }

  /** What stands in base64 for the value alone, whatever is before and after it. */
  private static String base64(String text, int before) {
    byte[] bytes = (" ".repeat(before) + text).getBytes(UTF_8);
    String all = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    return all.substring((before * 8 + 5) / 6, bytes.length * 8 / 6);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  private static void add(Map<String, String> forms, String name, String text) {
    String letters = letters(text);
    int half = (letters.length() + 1) / 2;
    forms.put(name + " (" + forms.size() + "), first half", letters.substring(0, half));
    forms.put(
        name + " (" + forms.size() + "), last half", letters.substring(letters.length() - half));
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder();
    text.toLowerCase(Locale.ROOT)
        .chars()
        .filter(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
        .forEach(c -> letters.append((char) c));
    return letters.toString();
  }

  /** The forms that are in a text. */
  List<String> in(String text) {
    String letters = letters(text);
    String escaped = letters(text.replace("\\n", " "));
    List<String> found = new ArrayList<>();
    forms()
        .forEach(
            (name, form) -> {
              if (letters.contains(form) || escaped.contains(form)) {
                found.add(name);
              }
            });
    return found;
  }

  /** The files under a folder that hold it, relative to the folder, in order. */
  List<String> under(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!in(Files.readString(file, ISO_8859_1)).isEmpty()) {
          found.add(folder.relativize(file).toString());
        }
      }
    }
    return found;
  }
}
