package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the text of a setting to its value; each says what it expects when the text is none. */
final class SettingParsers {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(|B|KB|MB|GB|KiB|MiB|GiB)");

  private SettingParsers() {}

  static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  static Setting.Parser<Integer> integer(int least, int most) {
    return text -> {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException _) {
        // Told below, as for one out of bounds.
      }
      throw new IllegalArgumentException("expected a number from " + least + " to " + most);
    };
  }

  static Duration duration(String text) {
    if (!Durations.isDuration(text)) {
      throw new IllegalArgumentException("expected a duration such as 250ms, 10s, 5m or 2h");
    }
    return Durations.parse(text);
  }

  /** Bytes, at least one; {@code KB} is 1000, {@code KiB} is 1024. */
  static long size(String text) {
    Matcher match = SIZE.matcher(text);
    if (!match.matches() || match.group(1).matches("0+")) {
      throw new IllegalArgumentException("expected a size such as 65536, 64KiB or 10MB");
    }
    long n = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "KB" -> n * 1000;
      case "MB" -> n * 1_000_000;
      case "GB" -> n * 1_000_000_000;
      case "KiB" -> n << 10;
      case "MiB" -> n << 20;
      case "GiB" -> n << 30;
      default -> n;
    };
  }

  static Setting.Parser<Optional<URI>> httpUrl(String example) {
    return text -> httpUrl(text, example);
  }

  private static Optional<URI> httpUrl(String text, String example) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https")) && url.getHost() != null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException _) {
      // Told below.
    }
    throw new IllegalArgumentException("expected a URL such as " + example);
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (ZoneRulesException e) {
      throw new IllegalArgumentException(
          "no such time zone" + Hints.like(text, ZoneId.getAvailableZoneIds()), e);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected a time zone such as Europe/Berlin", e);
    }
  }

  static <E extends Enum<E>> Setting.Parser<E> word(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("expected one of " + words(type)));
  }

  private static <E extends Enum<E>> String words(Class<E> type) {
    return String.join(
        ", ",
        Arrays.stream(type.getEnumConstants())
            .map(e -> e.name().toLowerCase(Locale.ROOT))
            .toList());
  }
}
