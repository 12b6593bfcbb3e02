package dev.mahavishnu.prefect.mirror;

import java.util.LinkedHashMap;
import java.util.Map;

/** The shapes of the last few specs: a subflow that is mapped comes with the same one each time. */
final class Shapes {
  private static final int MOST = 16;

  private final Map<String, FlowShape> known =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FlowShape> eldest) {
          return size() > MOST;
        }
      };

  FlowShape of(String spec) {
    return known.computeIfAbsent(spec, FlowShape::of);
  }
}
