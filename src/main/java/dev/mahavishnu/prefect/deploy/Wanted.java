package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.spec.Flow;

/**
 * What a deployment is to be.
 *
 * @param name of the deployment, among those of its flow
 * @param flow as the bundle has it
 * @param said what is not said stays as it is on the server
 */
public record Wanted(String name, Flow flow, Bundle bundle, Said said) {
  /** How people name it. */
  public String shown() {
    return flow.name() + "/" + name;
  }

  /** A version that tells one content from another at a glance. */
  String version() {
    return bundle.hash().substring(0, 12);
  }

  /** Which of the code to run: for people, our workers read the bundle. */
  String entrypoint() {
    return "mahavishnu:" + flow.name();
  }
}
