package dev.mahavishnu.llm.provider;

import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One exchange with a server, as it is seen below LangChain4j; written by one thread. */
final class Exchange {
  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (_, _) -> true);

  private final LongSupplier ticks;
  private volatile long heard;
  private volatile int status;
  private volatile HttpHeaders headers = NO_HEADERS;
  private volatile String refusal = "";
  private volatile @Nullable Throwable broken;
  private volatile boolean begun;
  private volatile boolean stumbled;

  /**
   * @param ticks nanoseconds of a clock that only goes on
   */
  Exchange(LongSupplier ticks) {
    this.ticks = ticks;
    this.heard = ticks.getAsLong();
  }

  /** The server said something. */
  void hear() {
    heard = ticks.getAsLong();
  }

  /** The server began to answer. */
  void open(int answered, HttpHeaders with) {
    status = answered;
    headers = with;
    hear();
  }

  /** A part of a good answer came. */
  void begin() {
    begun = true;
    hear();
  }

  /** The server refused, with this body. */
  void refuse(String body) {
    refusal = body;
  }

  /** The connection failed. */
  void fail(Throwable why) {
    if (broken == null) {
      broken = why;
    }
  }

  /** A part of the answer could not be read. */
  void stumble() {
    stumbled = true;
  }

  /** Whether a part of the answer could not be read, so that the rest has a hole. */
  boolean stumbled() {
    return stumbled;
  }

  /** Nanoseconds since the server said something. */
  long silence() {
    return ticks.getAsLong() - heard;
  }

  /** The status of the answer; 0 before there is one. */
  int status() {
    return status;
  }

  boolean refused() {
    return status != 0 && (status < 200 || status >= 300);
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The body of a refusal. */
  String refusal() {
    return refusal;
  }

  Optional<Throwable> broken() {
    return Optional.ofNullable(broken);
  }

  /** Whether anything of a good answer came. */
  boolean begun() {
    return begun;
  }
}
