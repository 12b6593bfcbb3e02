package dev.mahavishnu.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registered secrets that something broke up. */
final class BrokenUpTest {
  private static final String SECRET = "tR7q-Zx/02mV.kP9w+Lb5n";

  private static Redactor knowing(String... secrets) {
    Redactor redactor = new Redactor();
    redactor.add(List.of(secrets));
    return redactor;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "key = \"tR7q-Zx\" + \"/02mV.kP9w+Lb5n\"; | key = \"***\";",
        "key = 'tR7q-Zx''/02mV.kP9w+Lb5n' | key = '***'",
        "key = \"tR7q-Zx\" \"/02mV.kP9w+Lb5n\" | key = \"***\"",
        "key = b'tR7q-Zx' + b'/02mV.kP9w+Lb5n' | key = b'***'",
        "[\"tR7q-Zx\", \"/02mV.kP9w+Lb5n\"] | [\"***\"]",
        "['t', 'R', '7', 'q', '-', 'Z', 'x', '/', '0', '2', 'm', 'V', '.', 'k', 'P', '9', 'w',"
            + " '+', 'L', 'b', '5', 'n'] | ['***']",
        "tR7q-Zx\\n/02mV.kP9w+Lb5n. | ***.",
        "tR7q-\u001b[31mZx/02mV\u001b[0m.kP9w+Lb5n | ***",
        "tR7q-\u200bZx/02mV\u2060.kP9w+L\u202eb5n | ***",
        "n5bL+w9Pk.Vm20/xZ-q7Rt | ***",
        "TR7Q-ZX/02MV.KP9W+LB5N | ***",
        "tR7q Zx 02mV kP9w Lb5n | ***",
      })
  void whateverIsNeitherLetterNorDigitHidesNothing(String text, String shown) {
    assertThat(knowing(SECRET).redact(text)).isEqualTo(shown);
  }

  static Stream<String> layers() {
    byte[] bytes = SECRET.getBytes(UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    HexFormat hex = HexFormat.of();
    String reversed = new StringBuilder(SECRET).reverse().toString();
    return Stream.of(
        HexFormat.ofDelimiter(":").formatHex(bytes),
        HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes),
        HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(bytes),
        HexFormat.of().withPrefix("\\x").formatHex(bytes),
        base64("user:" + base64),
        base64(base64("user:" + SECRET)),
        base64(Base64.getUrlEncoder().encodeToString(bytes)),
        base64(hex.formatHex(bytes)),
        base64(reversed),
        hex.formatHex(base64.getBytes(UTF_8)),
        Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_16LE)),
        IntStream.range(0, bytes.length)
            .mapToObj(i -> String.valueOf(bytes[i]))
            .collect(Collectors.joining(", ")),
        IntStream.range(0, bytes.length)
            .mapToObj(i -> String.format("\\%03o", bytes[i]))
            .collect(Collectors.joining()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void twoLayersOfEncodingHideNothing(String form) {
    String shown = knowing(SECRET).redact("before " + form + " after");

    assertThat(shown).startsWith("before ").endsWith(" after").contains("***");
    assertThat(shown.length()).as(shown).isLessThan("before  after".length() + 16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T10:00:0%d.123Z INFO [worker-3] ",
        "fetch/%d | ",
        "2026/01/02 10:00:0%d app[311]: ",
        "[%d] ",
        "%d: ",
        "+ ",
        "> > ",
        "\tstdout %d> ",
      })
  void whatLogLinesStartWithHidesNothing(String start) {
    String secret = "0123-abcd-EFGH-5678-ijkl-9999";
    List<String> lines = new ArrayList<>(List.of("ready"));
    for (String part : secret.split("-")) {
      lines.add(part);
    }
    lines.add("done");
    String text =
        IntStream.range(0, lines.size())
            .mapToObj(i -> start.formatted(i) + lines.get(i))
            .collect(Collectors.joining("\n"));

    for (String end : List.of("\n", "\r\n", "\\n")) {
      String shown = knowing(secret).redact(text.replace("\n", end));
      assertThat(shown)
          .contains("ready")
          .endsWith("done")
          .contains("***")
          .doesNotContain("0123", "abcd", "EFGH", "5678", "ijkl", "9999");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 76})
  void base64InLinesIsTakenOutAndSoIsThatOfBase64InLines(int width) {
    String secret = letters(new Random(width), 300);
    String once =
        Base64.getMimeEncoder(width, new byte[] {'\n'}).encodeToString(secret.getBytes(UTF_8));
    String twice =
        Base64.getMimeEncoder(width, new byte[] {'\n'})
            .encodeToString((once + "\n").getBytes(UTF_8));

    assertThat(knowing(secret).redact("a\n" + once + "\nb")).matches("(?s)a\\n\\*\\*\\*=*\\nb");
    assertThat(knowing(secret).redact("a\n" + twice + "\nb").length()).isLessThan(20);
  }

  /** What may stand between two parts. */
  private static final List<String> BETWEEN =
      List.of(
          " ",
          "\n",
          "\r\n",
          "\t",
          "\\\n",
          "\" + \"",
          "''",
          "\" \"",
          "' '",
          "\", \"",
          "\",\n  \"",
          ":",
          "-",
          "_",
          ".",
          " | ",
          "\\n",
          "\\r\\n",
          "\u200b",
          "\u00ad",
          "\u202e",
          "\u001b[1;31m",
          "\" .. \"",
          "'||'",
          "`\n`",
          "...",
          " + \\\n  '",
          "     ",
          "\n\n\n",
          "\0",
          ") + (");

  private static final List<UnaryOperator<String>> FORMS =
      List.of(
          s -> s,
          s -> new StringBuilder(s).reverse().toString(),
          s -> base64(s),
          s -> HexFormat.of().formatHex(s.getBytes(UTF_8)),
          s -> HexFormat.of().withUpperCase().formatHex(s.getBytes(UTF_8)),
          s -> base64(base64(s)),
          s -> HexFormat.of().formatHex(base64(s).getBytes(UTF_8)),
          s -> base64("x" + base64("yy" + s)),
          s -> s.toUpperCase(Locale.ROOT));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noSecretSurvivesBeingBrokenUpAnywhere(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      String secret = secret(random);
      String form = FORMS.get(random.nextInt(FORMS.size())).apply(secret);
      String broken = broken(random, form);
      String text = "the text before " + broken + " and what follows";

      String shown = knowing(secret, secret(random)).redact(text);

      assertThat(longestCommon(plain(form), plain(shown)))
          .as(text + " -> " + shown)
          .isLessThan(Math.min(16, Math.max(8, plain(form).length() / 2)));
      assertThat(shown).contains("the text before").endsWith("and what follows");
    }
  }

  private static String secret(Random random) {
    String signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/-_.!$% ";
    StringBuilder secret = new StringBuilder(letters(random, 8));
    for (int i = random.nextInt(70); i > 0; i--) {
      secret.append(signs.charAt(random.nextInt(signs.length())));
    }
    return secret.append(letters(random, 1)).toString();
  }

  private static String letters(Random random, int length) {
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String broken(Random random, String form) {
    String between = BETWEEN.get(random.nextInt(BETWEEN.size()));
    int every = random.nextInt(12);
    StringBuilder broken = new StringBuilder();
    int next = 1 + random.nextInt(form.length() - 1);
    for (int i = 0; i < form.length(); i++) {
      if (i == next) {
        broken.append(between);
        next += every == 0 ? form.length() : every;
        if (random.nextInt(3) == 0) {
          between = BETWEEN.get(random.nextInt(BETWEEN.size()));
        }
      }
      broken.append(form.charAt(i));
    }
    return broken.toString();
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static int longestCommon(String a, String b) {
    int longest = 0;
    for (int i = 0; i < a.length(); i++) {
      while (i + longest < a.length() && b.contains(a.substring(i, i + longest + 1))) {
        longest++;
      }
    }
    return longest;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void textWithoutSecretsComesBackAsTheSameObject(long seed) {
    Random random = new Random(seed);
    Redactor redactor = knowing(secret(random), secret(random), "correct-horse-battery", SECRET);
    for (int round = 0; round < 50; round++) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 200; line++) {
        text.append("2026-01-02T10:00:").append(line).append(" INFO [w-1] ");
        for (int word = random.nextInt(10); word > 0; word--) {
          text.append(
                  random.nextBoolean()
                      ? letters(random, 1 + random.nextInt(9))
                      : Integer.toHexString(random.nextInt()))
              .append(" .,:-".charAt(random.nextInt(5)));
        }
        text.append('\n');
      }
      String whole = text.toString();

      assertThat(redactor.redact(whole)).isSameAs(whole);
    }
  }

  @Test
  void aPieceGoesWhenItHasHalfAndSixteenLettersAndAShorterOneStays() {
    String secret = "abcdefghijklmnopqrstuvwxyz0123456789";
    Redactor redactor = knowing(secret);

    assertThat(redactor.redact("cut: abcdefghijklmnopqrs... (more)"))
        .isEqualTo("cut: ***... (more)");
    assertThat(redactor.redact("…klmn-opqrstuvwxyz01234 end")).isEqualTo("…*** end");
    String less = "the first: abcdefghijklmnopq";
    assertThat(redactor.redact(less)).isSameAs(less);
    assertThat(knowing("abcdefghi1").redact("abcdefghi")).isEqualTo("abcdefghi");
  }

  @Test
  void aShortSecretBrokenUpStays() {
    String text = "abc d1 23";
    assertThat(knowing("abcd123").redact(text)).isSameAs(text);
    assertThat(knowing("abcd1234").redact("abc d1 23 4")).isEqualTo("***");
  }

  @Test
  void aPublicPartOfASecretStays() {
    String text = "connecting to db.example.com:5432/sales";
    assertThat(knowing("postgres://loader:f7Gh2kLm9Qw4@db.example.com:5432/sales").redact(text))
        .isSameAs(text);
  }

  @Test
  void ofASecretInTwoLinesOfAStreamTheSecondIsTakenOut() {
    Redactor.Lines lines = knowing("abcdefghijklmnopqrstuvwxyz", "short-one-42").lines();

    assertThat(lines.redact("10:00:01 key: abcdefghijklmno"))
        .isEqualTo("10:00:01 key: abcdefghijklmno");
    assertThat(lines.redact("10:00:02 key: pqrstuvwxyz.")).isEqualTo("10:00:02 key: ***.");
    assertThat(lines.redact("10:00:03 abcdefghijklmnopqrst")).isEqualTo("10:00:03 ***");
    assertThat(lines.redact("uvwxyz and more")).isEqualTo("*** and more");
    assertThat(lines.redact("short-o")).isEqualTo("short-o");
    assertThat(lines.redact("ne-42")).isEqualTo("***");
    assertThat(lines.redact("ne-42")).isEqualTo("ne-42");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aStreamOfAnyLinesGivesLessOutThanHalf(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String secret = letters(random, 8 + random.nextInt(60));
      Redactor.Lines lines = knowing(secret).lines();
      String start = random.nextBoolean() ? "" : "10:00:0" + round + " w-1 | ";
      StringBuilder shown = new StringBuilder();
      int at = 0;
      while (at < secret.length()) {
        int to = Math.min(secret.length(), at + 1 + random.nextInt(20));
        shown.append(lines.redact(start + secret.substring(at, to)).substring(start.length()));
        at = to;
      }

      assertThat(plain(shown.toString()).length())
          .as(shown.toString())
          .isLessThan(Math.max(16, (secret.length() + 1) / 2));
      assertThat(shown).contains("***");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "ab ", "\na", "1\n", "10:00 a\n", "\\n", "\\", "0x", "b'", "\u001b[", "é"})
  void hostileTextTakesLinearTime(String piece) {
    String text = piece.repeat(4_000_000 / piece.length());
    Redactor redactor =
        knowing("a".repeat(1000) + "b", "aaaaaaab", "abab".repeat(5000), "1010".repeat(9));

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redactor.redact(text));
  }
}
