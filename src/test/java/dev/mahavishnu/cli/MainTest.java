package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MainTest {
  @Test
  void tests_run_on_the_jdk_that_the_code_is_compiled_for() {
    assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
  }
}
