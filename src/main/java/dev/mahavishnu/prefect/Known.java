package dev.mahavishnu.prefect;

import java.util.function.Function;

/**
 * A value and who says so.
 *
 * @param origin for people: a variable, a file with the key, an option
 */
public record Known<T>(T value, String origin) {
  <R> Known<R> map(Function<T, R> mapper) {
    return new Known<>(mapper.apply(value), origin);
  }
}
