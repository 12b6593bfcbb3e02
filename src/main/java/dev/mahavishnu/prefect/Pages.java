package dev.mahavishnu.prefect;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a filter finds, page by page: the next page is asked for when it is needed. */
final class Pages {
  /** Most that the server gives at a time. */
  static final int SIZE = 200;

  private Pages() {}

  /**
   * What was added meanwhile may move an item to the next page; it is given once. Throws {@link
   * PrefectException} when a page can't be had.
   */
  static <T> Stream<T> of(Api api, String path, ObjectNode filter, Class<T> type) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Reading<>(api, path, filter, type), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  private static final class Reading<T> implements Iterator<T> {
    private final Api api;
    private final String path;
    private final ObjectNode filter;
    private final Class<T> type;
    private Set<String> before = Set.of();
    private Iterator<JsonNode> page = List.<JsonNode>of().iterator();
    private int offset;
    private boolean last;

    Reading(Api api, String path, ObjectNode filter, Class<T> type) {
      this.api = api;
      this.path = path;
      this.filter = filter;
      this.type = type;
    }

    @Override
    public boolean hasNext() {
      while (!page.hasNext() && !last) {
        turn();
      }
      return page.hasNext();
    }

    private void turn() {
      List<JsonNode> found = api.calls(call(), JsonNode.class);
      offset += found.size();
      last = found.size() < SIZE;
      page = found.stream().filter(item -> !before.contains(id(item))).toList().iterator();
      before = new HashSet<>(found.stream().map(Reading::id).toList());
    }

    private ApiCall call() {
      return ApiCall.safePost(path, filter.deepCopy().put("limit", SIZE).put("offset", offset));
    }

    private static String id(JsonNode item) {
      return item.path("id").asString("");
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return api.read(call(), page.next(), type);
    }
  }
}
