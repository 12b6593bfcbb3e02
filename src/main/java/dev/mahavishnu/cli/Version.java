package dev.mahavishnu.cli;

import java.util.Optional;

/** The version of this build. */
final class Version {
  /** As the jar says; classes that are not in a jar are a build under way. */
  static final String TEXT =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
          .orElse("development");

  private Version() {}
}
