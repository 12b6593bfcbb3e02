package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.spec.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Finds the deployments of a server by the names that people use. */
public final class DeploymentFinder {
  /** So many in one question. */
  private static final int IDS = 100;

  private final PrefectClient client;

  /** What a name means. */
  public sealed interface Found {
    /**
     * One deployment.
     *
     * @param flow the name of its flow
     */
    record One(String flow, Deployment deployment) implements Found {
      /** As people name it. */
      public String shown() {
        return flow + "/" + deployment.name();
      }
    }

    /**
     * None.
     *
     * @param like a name that may be meant
     */
    record None(Optional<String> like) implements Found {}

    /** Several; their whole names, in order. */
    record Several(List<String> names) implements Found {
      public Several {
        names = List.copyOf(names);
      }
    }
  }

  public DeploymentFinder(PrefectClient client) {
    this.client = client;
  }

  /**
   * @param name {@code FLOW/DEPLOYMENT}; or the name of a deployment that no other has; or that of
   *     a flow with one deployment, or with one of the flow's name
   */
  public Found find(String name) {
    int slash = name.indexOf('/');
    if (slash > 0) {
      String flow = name.substring(0, slash);
      Optional<Deployment> exact = client.deployments().find(flow, name.substring(slash + 1));
      return exact.<Found>map(d -> new Found.One(flow, d)).orElseGet(() -> none(name));
    }
    Optional<Deployment> same = client.deployments().find(name, name);
    if (same.isPresent()) {
      return new Found.One(name, same.get());
    }
    List<Found.One> called = named(Filter.ALL.deploymentNames(name));
    List<Found.One> found = called.isEmpty() ? named(Filter.ALL.flowNames(name)) : called;
    if (found.size() == 1) {
      return found.getFirst();
    }
    return found.isEmpty()
        ? none(name)
        : new Found.Several(found.stream().map(Found.One::shown).sorted().toList());
  }

  private Found none(String name) {
    List<String> all = all().map(Found.One::shown).toList();
    Optional<String> like =
        Nearest.to(name, all)
            .or(() -> all.stream().filter(n -> n.startsWith(name + "/")).findFirst());
    return new Found.None(like);
  }

  /** All deployments of the server. */
  public Stream<Found.One> all() {
    return named(Filter.ALL.sort(Filter.Sort.NAME_ASC)).stream();
  }

  private List<Found.One> named(Filter filter) {
    List<Deployment> deployments = client.deployments().filter(filter).toList();
    List<UUID> ids = deployments.stream().map(Deployment::flowId).distinct().toList();
    Map<UUID, String> flows = new HashMap<>();
    for (int i = 0; i < ids.size(); i += IDS) {
      UUID[] some = ids.subList(i, Math.min(ids.size(), i + IDS)).toArray(UUID[]::new);
      client.flows().filter(Filter.ALL.flowIds(some)).forEach(f -> flows.put(f.id(), f.name()));
    }
    return deployments.stream()
        .filter(d -> flows.containsKey(d.flowId()))
        .map(d -> new Found.One(flows.getOrDefault(d.flowId(), ""), d))
        .toList();
  }
}
