package dev.mahavishnu.llm.provider;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What all calls of a session may take together. */
public sealed interface Budget {
  /**
   * Money.
   *
   * @param dollars US dollars, above zero
   */
  record Money(BigDecimal dollars) implements Budget {
    @Override
    public String toString() {
      return "$" + dollars.toPlainString();
    }
  }

  /**
   * Tokens, those sent and those received.
   *
   * @param count above zero
   */
  record Tokens(long count) implements Budget {
    @Override
    public String toString() {
      return count + " tokens";
    }
  }

  /**
   * Reads {@code 2.50 USD}, {@code $2.50} or {@code 200000 tokens}; thousands may be parted by
   * {@code _}.
   *
   * @throws IllegalArgumentException for anything else, with one line that names the forms
   */
  static Budget parse(String text) {
    Matcher money = Forms.MONEY.matcher(text);
    if (money.matches()) {
      String number = money.group(1) == null ? money.group(2) : money.group(1);
      BigDecimal dollars = new BigDecimal(number.replace("_", ""));
      if (dollars.signum() > 0) {
        return new Money(dollars);
      }
    }
    Matcher tokens = Forms.TOKENS.matcher(text);
    if (tokens.matches()) {
      BigDecimal count = new BigDecimal(tokens.group(1).replace("_", ""));
      if (count.signum() > 0 && count.compareTo(Forms.MOST_TOKENS) <= 0) {
        return new Tokens(count.longValueExact());
      }
    }
    throw new IllegalArgumentException(
        "a budget is written as \"2.50 USD\", \"$2.50\" or \"200000 tokens\", not \""
            + text.strip()
            + "\"");
  }

  /** How budgets are written. */
  final class Forms {
    private static final String NUMBER = "([0-9][0-9_]*(?:\\.[0-9]+)?)";
    private static final Pattern MONEY =
        Pattern.compile(
            "\\s*(?:\\$\\s*" + NUMBER + "|" + NUMBER + "\\s*(?:USD|\\$|dollars?))\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKENS =
        Pattern.compile("\\s*([0-9][0-9_]*)\\s*tokens?\\s*", Pattern.CASE_INSENSITIVE);
    private static final BigDecimal MOST_TOKENS = BigDecimal.valueOf(1_000_000_000_000L);

    private Forms() {}
  }
}
