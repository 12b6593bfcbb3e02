package dev.mahavishnu.prefect;

import dev.mahavishnu.secret.Redactor;

/** Faults as people may see them. */
final class Redaction {
  private Redaction() {}

  static Fault of(Fault fault, Redactor redactor) {
    return switch (fault) {
      case Fault.Unreachable f -> new Fault.Unreachable(redactor.redact(f.what()));
      case Fault.Unauthorized f -> new Fault.Unauthorized(redactor.redact(f.what()));
      case Fault.NotFound f -> new Fault.NotFound(redactor.redact(f.what()));
      case Fault.Conflict f -> new Fault.Conflict(redactor.redact(f.what()));
      case Fault.Invalid f ->
          new Fault.Invalid(f.problems().stream().map(redactor::redact).toList());
      case Fault.Locked f -> new Fault.Locked(redactor.redact(f.what()), f.retryAfter());
      case Fault.RateLimited f -> f;
      case Fault.ServerError f -> new Fault.ServerError(f.status(), redactor.redact(f.what()));
      case Fault.Malformed f -> new Fault.Malformed(redactor.redact(f.what()));
    };
  }
}
