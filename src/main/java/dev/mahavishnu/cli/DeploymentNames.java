package dev.mahavishnu.cli;

/** Names that a server takes. */
final class DeploymentNames {
  /** Prefect refuses them in any name. */
  private static final String BANNED = "/%&<>";

  private DeploymentNames() {}

  /**
   * @throws CommandFailure when a server would not take it for a deployment
   */
  static String checked(String name) {
    return given("--deployment-name", name);
  }

  static String given(String option, String name) {
    boolean banned =
        name.chars().anyMatch(c -> BANNED.indexOf(c) >= 0 || Character.isISOControl(c));
    if (name.isBlank() || banned) {
      throw CommandFailure.usage(
          option + " `" + name + "`: a name has none of / % & < > and no control characters");
    }
    return name;
  }
}
