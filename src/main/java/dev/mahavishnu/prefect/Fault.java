package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why a call to a server came to nothing. */
public sealed interface Fault {
  /** In a few words, for people; without secrets. */
  String what();

  /** No answer: nothing listens there, the connection broke, or it took too long. */
  record Unreachable(String what) implements Fault {}

  /** The server does not let us in (401), or not do that (403). */
  record Unauthorized(String what) implements Fault {}

  record NotFound(String what) implements Fault {}

  /** What was asked for contradicts what is there (409), or what parameters may be. */
  record Conflict(String what) implements Fault {}

  /** The server does not take what was sent (400, 422). */
  record Invalid(List<String> problems) implements Fault {
    public Invalid {
      problems = List.copyOf(problems);
    }

    @Override
    public String what() {
      return problems.isEmpty() ? "it does not take what was sent" : String.join("; ", problems);
    }
  }

  /** Something is in use to its limit (423), for now. */
  record Locked(String what, Optional<Duration> retryAfter) implements Fault {}

  /** Too many calls (429), still after all tries. */
  record RateLimited(Optional<Duration> retryAfter) implements Fault {
    @Override
    public String what() {
      return "too many calls"
          + retryAfter.map(wait -> "; it asks to wait " + wait.toSeconds() + " s").orElse("");
    }
  }

  /** The server failed (5xx), still after all tries. */
  record ServerError(int status, String what) implements Fault {}

  /** What answers is no Prefect API, or not one that we know. */
  record Malformed(String what) implements Fault {}
}
