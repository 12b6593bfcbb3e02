package dev.mahavishnu.llm.provider;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies by the variables that other programs heed: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and
 * NO_PROXY, in capitals or not; where none of them is set, those of the system.
 */
final class Proxies extends ProxySelector {
  private static final List<Proxy> NONE = List.of(Proxy.NO_PROXY);

  private final Map<String, String> variables;
  private final ProxySelector others;

  private Proxies(Map<String, String> variables, ProxySelector others) {
    this.variables = variables;
    this.others = others;
  }

  /** By the variables, or the system's own. */
  static Optional<ProxySelector> of(Map<String, String> variables) {
    Optional<ProxySelector> system = Optional.ofNullable(ProxySelector.getDefault());
    boolean set =
        List.of("https_proxy", "http_proxy", "all_proxy").stream()
            .anyMatch(name -> value(variables, name).isPresent());
    return set
        ? Optional.of(new Proxies(Map.copyOf(variables), system.orElse(new Direct())))
        : system;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (exempt(host)) {
      return NONE;
    }
    return value(variables, uri.getScheme() + "_proxy")
        .or(() -> value(variables, "all_proxy"))
        .flatMap(Proxies::proxy)
        .map(List::of)
        .orElseGet(() -> others.select(uri));
  }

  private boolean exempt(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("[::1]")
        || value(variables, "no_proxy").stream()
            .flatMap(text -> Arrays.stream(text.split(",")))
            .map(name -> name.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(name -> !name.isEmpty())
            .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
  }

  private static Optional<Proxy> proxy(String text) {
    try {
      URI url = URI.create(text.contains("://") ? text : "http://" + text);
      if (url.getHost() == null) {
        return Optional.empty();
      }
      int port = url.getPort() < 0 ? 80 : url.getPort();
      return Optional.of(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(url.getHost(), port)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> value(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name))
        .or(() -> Optional.ofNullable(variables.get(name.toUpperCase(Locale.ROOT))))
        .filter(text -> !text.isBlank());
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // who made the call hears of it
  }

  /** Never a proxy. */
  private static final class Direct extends ProxySelector {
    @Override
    public List<Proxy> select(URI uri) {
      return NONE;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // who made the call hears of it
    }
  }
}
