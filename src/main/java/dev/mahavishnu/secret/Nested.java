package dev.mahavishnu.secret;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words that stand for a secret where it is broken up, as {@link Symbols}: each of its {@link
 * Encodings}, some of those encoded once more, the secret backwards and as numbers of its bytes.
 */
final class Nested {
  private static final String[] LINE_ENDS = {"\n", "\r\n"};

  private Nested() {}

  static Set<String> of(String secret) {
    if (secret.length() < Fragments.SHORTEST) {
      return Set.of();
    }
    Set<String> forms = new LinkedHashSet<>(Encodings.of(secret));
    String backwards = new StringBuilder(secret).reverse().toString();
    forms.add(backwards);
    if (secret.length() <= Encodings.LONG) {
      forms.addAll(onceMore(secret, backwards));
    }
    return forms.stream()
        .map(Symbols::of)
        .filter(word -> word.length() >= Fragments.SHORTEST)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> onceMore(String secret, String backwards) {
    byte[] bytes = utf8(secret);
    Set<String> forms = new LinkedHashSet<>();
    for (String inner : base64Texts(bytes)) {
      forms.addAll(Encodings.base64(utf8(inner)));
      forms.add(HexFormat.of().formatHex(utf8(inner)));
      forms.add(inner.replace("+", "%2B").replace("/", "%2F"));
    }
    String hex = HexFormat.of().formatHex(bytes);
    forms.addAll(Encodings.base64(utf8(hex)));
    forms.addAll(Encodings.base64(utf8(HexFormat.of().withUpperCase().formatHex(bytes))));
    forms.addAll(Encodings.base64(utf8(backwards)));
    forms.add(HexFormat.of().formatHex(utf8(backwards)));
    byte[] wide = secret.getBytes(StandardCharsets.UTF_16LE);
    forms.addAll(Encodings.base64(wide));
    forms.add(HexFormat.of().formatHex(wide));
    forms.add(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_16BE)));
    forms.add(Normalizer.normalize(secret, Normalizer.Form.NFD));
    forms.add(Normalizer.normalize(secret, Normalizer.Form.NFC));
    StringBuilder decimal = new StringBuilder();
    StringBuilder octal = new StringBuilder();
    for (byte b : bytes) {
      decimal.append(b & 0xff);
      octal.append(String.format("%03o", b & 0xff));
    }
    forms.add(decimal.toString());
    forms.add(octal.toString());
    return forms;
  }

  /** As base64 stands before it is encoded again: long ones in lines. */
  private static Set<String> base64Texts(byte[] bytes) {
    Set<String> texts = Encodings.base64(bytes);
    for (int width : new int[] {64, 76}) {
      for (String end : LINE_ENDS) {
        texts.add(Base64.getMimeEncoder(width, utf8(end)).encodeToString(bytes));
      }
    }
    return texts;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
