package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.spec.Flow;
import java.util.Optional;

/**
 * What a deployment is to be.
 *
 * @param name of the deployment, among those of its flow
 * @param flow as the bundle has it
 * @param said what is not said stays as it is on the server
 * @param usualPool work pool of a deployment that has none, where none is said
 */
public record Wanted(String name, Flow flow, Bundle bundle, Said said, Optional<String> usualPool) {
  /** The same with the usual pool said, where the deployment has none. */
  Wanted placed(Optional<Deployment> has) {
    boolean none = has.filter(d -> !d.workPoolName().isEmpty()).isEmpty();
    return said.pool().isEmpty() && none && usualPool.isPresent()
        ? new Wanted(name, flow, bundle, said.in(usualPool.get()), usualPool)
        : this;
  }

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
