package dev.mahavishnu.llm.provider;

import dev.mahavishnu.plan.Dollars;
import dev.mahavishnu.plan.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What the calls of a session took, and what they may still take. One for a session, whichever
 * models it asks; safe for several threads: calls that are still going on count with the most that
 * they can take.
 */
public final class Meter {
  private final Optional<Budget> budget;
  private Usage spent = Usage.NONE;

  /** Tokens and dollars that calls which are going on may still take. */
  private long claimedTokens;

  private BigDecimal claimedDollars = BigDecimal.ZERO;

  /**
   * @param budget that is never passed; empty for none
   */
  public Meter(Optional<Budget> budget) {
    this.budget = budget;
  }

  /** What all calls that ended took. */
  public synchronized Usage spent() {
    return spent;
  }

  /** What they may take together; empty for any. */
  public Optional<Budget> budget() {
    return budget;
  }

  /**
   * Sets the most that a call can take aside.
   *
   * @param price of the model; empty where none is known
   * @param input the most tokens that are sent
   * @param output the most tokens that are received
   * @throws ProviderException if the budget could be passed: one line that says so
   */
  synchronized Claim claim(Optional<Price> price, long input, long output)
      throws ProviderException {
    if (budget.isPresent()) {
      switch (budget.get()) {
        case Budget.Tokens tokens -> holdTo(tokens, input + output);
        case Budget.Money money -> holdTo(money, price, input, output);
      }
    }
    return new Claim(
        price, input + output, price.map(p -> p.of(input, output)).orElse(BigDecimal.ZERO));
  }

  private void holdTo(Budget.Tokens tokens, long more) throws ProviderException {
    long gone = spent.input() + spent.output();
    if (gone + claimedTokens + more > tokens.count()) {
      throw new ProviderException(
          "the next call may take "
              + more
              + " tokens, and of the budget of "
              + tokens
              + " "
              + gone
              + " are spent: raise llm.budget, or lower llm.max_output_tokens");
    }
  }

  private void holdTo(Budget.Money money, Optional<Price> price, long input, long output)
      throws ProviderException {
    if (price.isEmpty() || spent.dollars().isEmpty()) {
      throw new ProviderException(
          "llm.budget is "
              + money
              + ", but the price of this model is not known: set llm.price_input and"
              + " llm.price_output (US dollars per million tokens), or give the budget in tokens");
    }
    BigDecimal more = price.get().of(input, output);
    BigDecimal gone = spent.dollars().get();
    if (gone.add(claimedDollars).add(more).compareTo(money.dollars()) > 0) {
      throw new ProviderException(
          "the next call may cost "
              + Dollars.shown(more)
              + ", and of the budget of "
              + money
              + " "
              + Dollars.shown(gone)
              + " are spent: raise llm.budget, or lower llm.max_output_tokens");
    }
  }

  /** What one call may take, until it is known what it took. */
  final class Claim implements AutoCloseable {
    private final Optional<Price> price;
    private final long tokens;
    private final BigDecimal dollars;
    private boolean open = true;

    private Claim(Optional<Price> price, long tokens, BigDecimal dollars) {
      this.price = price;
      this.tokens = tokens;
      this.dollars = dollars;
      claimedTokens += tokens;
      claimedDollars = claimedDollars.add(dollars);
    }

    /** The call ended, and took this. */
    Usage settle(long input, long output, Duration time) {
      synchronized (Meter.this) {
        Optional<BigDecimal> cost =
            input + output == 0
                ? Optional.of(BigDecimal.ZERO)
                : price.map(p -> p.of(input, output));
        Usage usage = new Usage(1, input, output, cost, time);
        spent = spent.plus(usage);
        close();
        return usage;
      }
    }

    /** Gives back what was set aside, if the call did not settle. */
    @Override
    public void close() {
      synchronized (Meter.this) {
        if (open) {
          open = false;
          claimedTokens -= tokens;
          claimedDollars = claimedDollars.subtract(dollars);
        }
      }
    }
  }
}
