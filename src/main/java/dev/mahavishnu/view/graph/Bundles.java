package dev.mahavishnu.view.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines between neighbouring layers, those together that mean the same: vertices with equal
 * targets share their lines.
 */
final class Bundles {
  /** Each source has a line to each target. */
  record Bundle(List<Integer> sources, List<Integer> targets) {
    double middle(int[] centre) {
      return sources.stream().mapToInt(v -> centre[v]).average().orElse(0);
    }
  }

  private final List<List<Bundle>> channels = new ArrayList<>();
  private final int[] entries;

  Bundles(Layers layers) {
    entries = new int[layers.size()];
    for (List<Integer> layer : layers.layers()) {
      Map<List<Integer>, Bundle> bundles = new LinkedHashMap<>();
      for (int vertex : layer) {
        List<Integer> targets = layers.down(vertex).stream().sorted().toList();
        if (!targets.isEmpty()) {
          bundles
              .computeIfAbsent(targets, t -> new Bundle(new ArrayList<>(), t))
              .sources()
              .add(vertex);
        }
      }
      channels.add(List.copyOf(bundles.values()));
      bundles.values().forEach(bundle -> bundle.targets().forEach(v -> entries[v]++));
    }
  }

  /** The bundles that leave a layer. */
  List<Bundle> leaving(int layer) {
    return channels.get(layer);
  }

  /** How many bundles come to a vertex. */
  int entries(int vertex) {
    return entries[vertex];
  }
}
