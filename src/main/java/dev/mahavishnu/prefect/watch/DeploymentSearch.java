package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.PrefectClient;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds deployments by what people call them. */
public final class DeploymentSearch {
  private static final int MOST = 200;

  private final PrefectClient client;

  /** What a name came to. */
  public sealed interface Found {}

  /**
   * @param flow the name of its flow
   */
  public record One(Deployment deployment, String flow) implements Found {
    /** As Prefect writes it: {@code flow/deployment}. */
    public String fullName() {
      return flow + "/" + deployment.name();
    }
  }

  /**
   * @param fullNames of all that it may mean
   */
  public record Several(List<String> fullNames) implements Found {
    public Several {
      fullNames = List.copyOf(fullNames);
    }
  }

  /**
   * @param fullNames of those that there are
   */
  public record None(List<String> fullNames) implements Found {
    public None {
      fullNames = List.copyOf(fullNames);
    }
  }

  public DeploymentSearch(PrefectClient client) {
    this.client = client;
  }

  /**
   * The deployment of that name.
   *
   * @param text {@code FLOW/NAME}; or {@code NAME}: that of the flow of the same name, else of any,
   *     else of a flow with only one
   */
  public Found find(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      String flow = text.substring(0, slash);
      String name = text.substring(slash + 1);
      Optional<Deployment> found =
          flow.isEmpty() || name.isEmpty() || name.contains("/")
              ? Optional.empty()
              : client.deployments().find(flow, name);
      return found.<Found>map(d -> new One(d, flow)).orElseGet(() -> new None(fullNames(MOST)));
    }
    Optional<Deployment> same = client.deployments().find(text, text);
    if (same.isPresent()) {
      return new One(same.get(), text);
    }
    List<One> named = all(Filter.ALL.deploymentNames(text));
    List<One> found = named.isEmpty() ? all(Filter.ALL.flowNames(text)) : named;
    return switch (found.size()) {
      case 0 -> new None(fullNames(MOST));
      case 1 -> found.getFirst();
      default -> new Several(found.stream().map(One::fullName).sorted().toList());
    };
  }

  /** All deployments of the server, by their full names. */
  public List<One> all() {
    return all(Filter.ALL);
  }

  private List<One> all(Filter filter) {
    List<Deployment> deployments = client.deployments().filter(filter).toList();
    Map<UUID, String> flows = flows(deployments);
    return deployments.stream()
        .map(d -> new One(d, flows.getOrDefault(d.flowId(), "?")))
        .sorted(Comparator.comparing(One::fullName))
        .toList();
  }

  /** What there is, as {@code flow/deployment}, by name. */
  public List<String> fullNames(int most) {
    List<Deployment> all = client.deployments().filter(Filter.ALL).limit(most).toList();
    return fullNames(all, flows(all));
  }

  private static List<String> fullNames(List<Deployment> all, Map<UUID, String> flows) {
    return all.stream()
        .map(d -> flows.getOrDefault(d.flowId(), "?") + "/" + d.name())
        .sorted()
        .toList();
  }

  private Map<UUID, String> flows(List<Deployment> deployments) {
    List<UUID> ids = deployments.stream().map(Deployment::flowId).distinct().toList();
    Map<UUID, String> names = new HashMap<>();
    for (int i = 0; i < ids.size(); i += MOST) {
      UUID[] some = ids.subList(i, Math.min(ids.size(), i + MOST)).toArray(UUID[]::new);
      client.flows().filter(Filter.ALL.flowIds(some)).forEach(f -> names.put(f.id(), f.name()));
    }
    return names;
  }
}
