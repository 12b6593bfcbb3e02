package dev.mahavishnu.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class RedactorTest {
  private static final String SECRET = "pa\"ss w/ö\n+rd'&é1";

  private static Redactor knowing(String... secrets) {
    Redactor redactor = new Redactor();
    redactor.add(List.of(secrets));
    return redactor;
  }

  static Stream<String> forms() {
    byte[] bytes = SECRET.getBytes(UTF_8);
    String json = JsonMapper.shared().writeValueAsString(SECRET);
    return Stream.of(
        SECRET,
        Base64.getEncoder().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        URLEncoder.encode(SECRET, UTF_8),
        URLEncoder.encode(SECRET, UTF_8).replace("+", "%20"),
        "pa%22ss%20w/%c3%b6%0a%2brd%27%26%c3%a91",
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withUpperCase().formatHex(bytes),
        json.substring(1, json.length() - 1),
        "pa\\\"ss w/\\u00f6\\n+rd'&\\u00e91",
        "pa\\\\\\\"ss w/ö\\\\n+rd'&é1",
        "pa\"ss w/ö\n+rd'\\''&é1");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aRegisteredValueIsTakenOutInEachOfItsForms(String form) {
    assertThat(knowing(SECRET).redact("before " + form + " after")).isEqualTo("before *** after");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "u", "us", "user:", "someone:"})
  void aValueInsideALargerBase64TextIsTakenOut(String before) {
    String secret = "correct horse battery";
    String encoded =
        Base64.getEncoder().encodeToString((before + secret + ":more").getBytes(UTF_8));

    String shown = knowing(secret).redact(encoded);

    assertThat(shown).contains("***");
    String plain = new String(Base64.getDecoder().decode(encoded.substring(0, 8)), UTF_8);
    assertThat(shown.length()).as(plain).isLessThan(encoded.length() - secret.length());
  }

  @Test
  void eachLineOfASecretOfSeveralLinesIsTakenOutAlone() {
    assertThat(knowing("first-line\nsecond-line\nx").redact("got: second-line, x"))
        .isEqualTo("got: ***, x");
  }

  @Test
  void shortValuesAreLeftAlone() {
    assertThat(knowing("abc", "").redact("abc")).isEqualTo("abc");
    assertThat(knowing("abcd").redact("xabcdx")).isEqualTo("x***x");
  }

  @Test
  void overlappingAndTouchingValuesBecomeOneMask() {
    assertThat(knowing("abcdef", "defghi").redact("1abcdefghi2")).isEqualTo("1***2");
    assertThat(knowing("abcd").redact("abcdabcd")).isEqualTo("***");
    assertThat(knowing("abcd", "xxabcdyyyy").redact("xxabcdyy xxabcdyyyy"))
        .isEqualTo("xx***yy ***");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "id AKIAIOSFODNN7EXAMPLE. | id ***.",
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | aws_secret_access_key ="
            + " ***",
        "x=ghp_0123456789abcdefghijABCDEFGHIJ012345; | x=***;",
        "github_pat_11ABCDEFG0123456789_abcdef | ***",
        "key sk-proj-abcdefghijklmnop1234-_x end | key *** end",
        "(sk-ant-api03-abcdefghijklmnop1234) | (***)",
        "xoxb-123456789012-abcdef | ***",
        "AIzaSyA0123456789abcdefghijklmnopqrstuv | ***",
        "Authorization: Bearer abc123 | Authorization: Bearer ***",
        "authorization: basic dXNlcjpwYXNz | authorization: basic ***",
        "got bearer 0123456789abcdefghij0 | got bearer ***",
        "t eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P u | t"
            + " *** u",
        "postgres://me:hunter2@db:5432/x | postgres://me:***@db:5432/x",
        "https://me:p@ss@host/x?y | https://me:***@host/x?y",
        "GET /x?access_token=abc&y=1 | GET /x?access_token=***&y=1",
        "jdbc:x://h;password=hunter2;y | jdbc:x://h;password=***;y",
        "DB_PASSWORD=hunter2 | DB_PASSWORD=***",
        "{\"password\": \"hunter2\", \"n\": 1} | {\"password\": \"***\", \"n\": 1}",
      })
  void whatLooksLikeAKeyIsTakenOutThoughNobodyRegisteredIt(String text, String shown) {
    assertThat(new Redactor().redact(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit 0686b38e2f1c4d5a6b7c8d9e0f1a2b3c4d5e6f70",
        "run 261123-213045-k7qd of 123e4567-e89b-12d3-a456-426614174000",
        "pip install sk-learn-contrib-and-some-more-words",
        "a risk-assessment-of-something-0123456789 in task-0123456789-0123456789",
        "the bearer of bad news, basic training for everyone",
        "https://example.org:8080/a@b and mailto://x@y",
        "token=5 of 7, secret=none",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "-----BEGIN CERTIFICATE----- abc -----END CERTIFICATE-----",
        "passwords, ghp_short, AKIAshort, eyJhbGci, sk-1",
        "größe 5 µm — 漢字",
      })
  void ordinaryLinesStayAsTheyAre(String line) {
    assertThat(knowing("some-secret-value").redact(line)).isSameAs(line);
  }

  private static final String PEM =
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQ\nabcdef==\n-----END RSA PRIVATE KEY-----";

  @Test
  void aPrivateKeyGoesAsAWholeWithRealAndEscapedLineEnds() {
    Redactor redactor = new Redactor();
    assertThat(redactor.redact("a " + PEM + " b")).isEqualTo("a *** b");
    assertThat(redactor.redact("{\"k\":\"" + PEM.replace("\n", "\\n") + "\",\"n\":1}"))
        .isEqualTo("{\"k\":\"***\",\"n\":1}");
    assertThat(redactor.redact("cut -----BEGIN PRIVATE KEY-----\nMII")).isEqualTo("cut ***");
  }

  @Test
  void aPrivateKeyPrintedLineByLineIsTakenOutAndWhatFollowsIsNot() {
    Redactor.Lines lines = new Redactor().lines();
    List<String> shown = new ArrayList<>();
    for (String line : ("before\n" + PEM + "\nafter").split("\n", -1)) {
      shown.add(lines.redact(line));
    }

    assertThat(shown).containsExactly("before", "***", "***", "***", "***", "after");
  }

  @Test
  void aPrivateKeyWithoutAnEndHidesOnlySoMuch() {
    Redactor.Lines lines = new Redactor().lines();
    lines.redact("-----BEGIN PRIVATE KEY-----");
    for (int i = 0; i < 400; i++) {
      assertThat(lines.redact("line")).isEqualTo("***");
    }

    assertThat(lines.redact("line")).isEqualTo("line");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noSecretSurvivesInAnyPlace(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String secret = letters(random, 4 + random.nextInt(20));
      String text =
          letters(random, random.nextInt(30)) + secret + letters(random, random.nextInt(30));

      assertThat(knowing(secret, letters(random, 5)).redact(text)).doesNotContain(secret);
    }
  }

  /** Few letters, so that parts repeat and overlap. */
  private static String letters(Random random, int length) {
    return random
        .ints(length, 'a', 'd')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "eyJ",
        "-eyJ",
        "sk-",
        "bearer ",
        "://",
        "://a:",
        "@",
        "password=",
        "?token=",
        "&sig=",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "xoxb-",
        "AKIA",
        "eyJaaaaaaaa.",
        "secret_access_key",
      })
  void hostileTextTakesLinearTime(String piece) {
    String text = piece.repeat(8_000_000 / piece.length());
    Redactor redactor = knowing("a".repeat(1000) + "b", "aaaaaaab", "eyJeyJeyJx", "://://a");

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redactor.redact(text));
  }

  @Test
  void threadsMayRedactWhileValuesAreRegistered() throws Exception {
    Redactor redactor = knowing("secret-number-0000");
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> work = new ArrayList<>();
      for (int i = 1; i <= 50; i++) {
        String secret = "secret-number-%04d".formatted(i);
        work.add(
            () -> {
              redactor.add(List.of(secret));
              return redactor.redact("secret-number-0000 " + secret);
            });
      }
      for (Future<String> shown : pool.invokeAll(work)) {
        assertThat(shown.get()).isEqualTo("*** ***");
      }
    }
  }
}
