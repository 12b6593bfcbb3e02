package dev.mahavishnu.llm.provider;

import java.net.URI;

/** Addresses as people may see them. */
final class Urls {
  private Urls() {}

  /** Without user, password, query: each may hold a key. */
  static String shown(URI url) {
    return url.getScheme() + "://" + host(url) + (url.getRawPath() == null ? "" : url.getRawPath());
  }

  /** The host, and the port where it is not the usual one. */
  static String host(URI url) {
    String host = url.getHost() == null ? "an unknown host" : url.getHost();
    return url.getPort() < 0 ? host : host + ":" + url.getPort();
  }

  /** The address without a slash at its end. */
  static String plain(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
