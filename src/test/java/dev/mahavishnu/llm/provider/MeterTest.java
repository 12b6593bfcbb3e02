package dev.mahavishnu.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {
  private static final Optional<Price> PRICE =
      Optional.of(new Price(new BigDecimal("1"), new BigDecimal("4")));

  private static Meter meter(String budget) {
    return new Meter(Optional.of(Budget.parse(budget)));
  }

  @ParameterizedTest
  @CsvSource({
    "2.50 USD, $2.50",
    "$2.50, $2.50",
    "2.5usd, $2.5",
    "1_000 dollars, $1000",
    "3 $, $3",
    "200000 tokens, 200000 tokens",
    "200_000 Tokens, 200000 tokens",
  })
  void budgetsAreReadAsPeopleWriteThem(String text, String read) {
    assertThat(Budget.parse(text)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1 USD", "0 USD", "0 tokens", "2.5 tokens", "5 EUR", "9e9 USD"})
  void whatIsNoBudgetIsToldWithTheForms(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Budget.parse(text))
        .withMessageContaining("200000 tokens");
  }

  @Test
  void tokensAreSpentToTheLastAndNoFurther() throws ProviderException {
    Meter meter = meter("1000 tokens");

    meter.claim(Optional.empty(), 400, 200).settle(300, 100, Duration.ofSeconds(1));
    meter.claim(Optional.empty(), 400, 200).close();

    assertThat(meter.spent().input()).isEqualTo(300);
    assertThat(meter.spent().dollars()).isEmpty();
    assertThatThrownBy(() -> meter.claim(Optional.empty(), 401, 200))
        .isInstanceOf(ProviderException.class)
        .hasMessageContainingAll("601 tokens", "1000 tokens", "400", "llm.budget");
  }

  @Test
  void dollarsAreSpentToTheLastAndNoFurther() throws ProviderException {
    Meter meter = meter("$0.01");

    meter.claim(PRICE, 1000, 2000).settle(1000, 1000, Duration.ofSeconds(2));

    assertThat(meter.spent().dollars().orElseThrow()).isEqualByComparingTo("0.005");
    meter.claim(PRICE, 1000, 1000).close();
    assertThatThrownBy(() -> meter.claim(PRICE, 1001, 1000))
        .hasMessageContainingAll("$0.0050", "$0.01");
  }

  @Test
  void dollarsWithoutAPriceAreRefusedWithWhatToSet() {
    assertThatThrownBy(() -> meter("$5").claim(Optional.empty(), 1, 1))
        .hasMessageContainingAll("llm.price_input", "llm.price_output");
  }

  @Test
  void callsAtTheSameTimeDoNotPassTheBudgetTogether() {
    Meter meter = meter("1000 tokens");
    AtomicInteger allowed = new AtomicInteger();
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  meter.claim(Optional.empty(), 50, 50).settle(50, 50, Duration.ZERO);
                  allowed.incrementAndGet();
                } catch (ProviderException _) {
                  // as most are
                }
              }));
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new)).join();

    assertThat(allowed).hasValueLessThanOrEqualTo(10).hasPositiveValue();
    assertThat(meter.spent().calls()).isEqualTo(allowed.get());
  }

  @Test
  void aCallThatTookNothingCostsNothingWhateverItsPrice() throws ProviderException {
    Meter meter = new Meter(Optional.empty());

    meter.claim(Optional.empty(), 100, 100).settle(0, 0, Duration.ZERO);

    assertThat(meter.spent().dollars().orElseThrow()).isZero();
  }

  @Test
  void aClaimThatIsOpenCounts() throws ProviderException {
    Meter meter = meter("1000 tokens");

    try (Meter.Claim _ = meter.claim(Optional.empty(), 500, 300)) {
      assertThatThrownBy(() -> meter.claim(Optional.empty(), 200, 100))
          .isInstanceOf(ProviderException.class);
    }
    meter.claim(Optional.empty(), 500, 500).close();
  }
}
