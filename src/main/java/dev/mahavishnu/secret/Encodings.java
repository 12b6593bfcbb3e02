package dev.mahavishnu.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The forms in which a secret turns up in what programs print. */
final class Encodings {
  /** Longer ones are known in fewer forms, so that a file of keys does not cost megabytes. */
  static final int LONG = 1024;

  /** A part of a base64 text or of a secret of several lines must be at least this long. */
  private static final int SHORTEST_PART = 6;

  private static final String UNRESERVED = "-._~";

  private Encodings() {}

  static Set<String> of(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(secret);
    secret
        .lines()
        .map(String::strip)
        .filter(line -> line.length() >= SHORTEST_PART)
        .forEach(forms::add);
    addEscaped(secret, forms);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    forms.addAll(base64(bytes));
    if (secret.length() <= LONG) {
      String hex = HexFormat.of().formatHex(bytes);
      forms.add(hex);
      forms.add(hex.toUpperCase(Locale.ROOT));
      addUrlEncoded(secret, bytes, forms);
      forms.add(secret.replace("'", "'\\''"));
      forms.add(secret.replace("'", "'\"'\"'"));
      forms.add(html(secret));
    }
    return forms;
  }

  /** As a JSON text holds it, and a JSON text in a JSON text. */
  private static void addEscaped(String secret, Set<String> forms) {
    for (boolean ascii : new boolean[] {false, true}) {
      String once = json(secret, ascii);
      forms.add(once);
      forms.add(once.replace("/", "\\/"));
      forms.add(json(once, ascii));
    }
  }

  private static String json(String text, boolean ascii) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\b' -> escaped.append("\\b");
        case '\f' -> escaped.append("\\f");
        default -> {
          if (c < 0x20 || (ascii && c > 0x7e)) {
            escaped.append(String.format("\\u%04x", (int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  /**
   * As a whole, and as the middle of something larger ({@code user:secret}): there each of the
   * three alignments gives other letters.
   */
  static Set<String> base64(byte[] bytes) {
    Set<String> forms = new LinkedHashSet<>();
    for (Base64.Encoder encoder :
        new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
      forms.add(encoder.encodeToString(bytes));
      forms.add(encoder.withoutPadding().encodeToString(bytes));
      for (int before = 0; before < 3; before++) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = encoder.withoutPadding().encodeToString(shifted);
        int from = (before * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from >= SHORTEST_PART) {
          forms.add(encoded.substring(from, to));
        }
      }
    }
    return forms;
  }

  /** Which characters are left alone differs between languages. */
  private static void addUrlEncoded(String secret, byte[] bytes, Set<String> forms) {
    addBothCases(URLEncoder.encode(secret, StandardCharsets.UTF_8), forms);
    for (String kept : new String[] {"", "/", "!'()*", "!$&'()*+,;=:@/"}) {
      addBothCases(percent(bytes, UNRESERVED + kept), forms);
    }
  }

  private static void addBothCases(String encoded, Set<String> forms) {
    forms.add(encoded);
    StringBuilder lower = new StringBuilder(encoded);
    for (int i = lower.indexOf("%");
        i >= 0 && i + 2 < lower.length();
        i = lower.indexOf("%", i + 1)) {
      lower.setCharAt(i + 1, Character.toLowerCase(lower.charAt(i + 1)));
      lower.setCharAt(i + 2, Character.toLowerCase(lower.charAt(i + 2)));
    }
    forms.add(lower.toString());
  }

  private static String percent(byte[] bytes, String kept) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (c < 128 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
