package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.Flows.Flow;
import dev.mahavishnu.prefect.PrefectClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

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
   * @param text {@code NAME}, or {@code FLOW/NAME}
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
    List<Deployment> named =
        client.deployments().filter(Filter.ALL.deploymentNames(text)).limit(MOST).toList();
    Map<UUID, String> flows = flows(named);
    return switch (named.size()) {
      case 0 -> new None(fullNames(MOST));
      case 1 -> new One(named.getFirst(), flows.getOrDefault(named.getFirst().flowId(), "?"));
      default -> new Several(fullNames(named, flows));
    };
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
    UUID[] ids = deployments.stream().map(Deployment::flowId).distinct().toArray(UUID[]::new);
    return ids.length == 0
        ? Map.of()
        : client
            .flows()
            .filter(Filter.ALL.flowIds(ids))
            .collect(Collectors.toMap(Flow::id, Flow::name));
  }
}
