package dev.mahavishnu.llm.provider;

import dev.mahavishnu.secret.Redactor;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What went wrong with a provider, in one line: its own words, and what to do. Never a key. */
final class ProviderWords {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 300;
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>([^<]*)</title>", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Cntrl}]+");

  private final ModelSettings settings;
  private final Redactor redactor;

  ProviderWords(ModelSettings settings, Redactor redactor) {
    this.settings = settings;
    this.redactor = redactor;
  }

  /** Provider and host: {@code openai (api.openai.com)}. */
  String who() {
    return settings.provider().word() + " (" + Urls.host(settings.url()) + ")";
  }

  /** A refusal with its status, and what to do. */
  String refused(int status, String body) {
    String words = said(body);
    return clean(who() + ": " + (words.isEmpty() ? "no reason given" : words) + " (" + status + ")")
        + advice(status, words);
  }

  /** The words of a refusal alone; may be empty. */
  String said(String body) {
    String text = body.strip();
    if (text.startsWith("<")) {
      Matcher title = TITLE.matcher(text);
      return clean(title.find() ? title.group(1) : "a page, where an answer was due");
    }
    try {
      return clean(words(JSON.readTree(text)));
    } catch (JacksonException _) {
      return clean(text);
    }
  }

  /**
   * OpenAI, Anthropic and Gemini: {@code {"error": {"message"}}}, Gemini also in a list; Ollama and
   * llama.cpp: {@code {"error": "text"}}; others: {@code message} or {@code detail}.
   */
  private static String words(JsonNode body) {
    JsonNode node = body.isArray() ? body.path(0) : body;
    for (JsonNode place :
        new JsonNode[] {
          node.path("error").path("message"),
          node.path("error"),
          node.path("message"),
          node.path("detail"),
          node.path("detail").path(0).path("msg")
        }) {
      if (place.isString()) {
        return place.stringValue();
      }
    }
    return node.isEmpty() ? "" : node.toString();
  }

  private String advice(int status, String words) {
    String low = words.toLowerCase(Locale.ROOT);
    if (low.contains("quota") || low.contains("credit") || low.contains("billing")) {
      return ": check the credit of your account there";
    }
    return switch (status) {
      case 401, 403 -> ": check " + keys();
      case 404 -> ": check llm.model (/model lists them) and llm.base_url";
      case 400, 422 ->
          low.contains("api key") || low.contains("api_key")
              ? ": check " + keys()
              : low.contains("model") ? ": check llm.model (/model lists them)" : "";
      case 301, 302, 307, 308 -> ": check llm.base_url";
      default -> "";
    };
  }

  /** Where a key is looked for. */
  String keys() {
    return settings.provider().keys().isEmpty()
        ? "llm.api_key"
        : String.join(" or ", settings.provider().keys()) + ", or llm.api_key";
  }

  /** There is no connection, or it failed. */
  String broken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case HttpConnectTimeoutException _ -> {
          return who() + " does not answer: check llm.base_url, the network and the proxy";
        }
        case UnresolvedAddressException _ -> {
          return unknown();
        }
        case UnknownHostException _ -> {
          return unknown();
        }
        case SSLException ssl -> {
          return clean(who() + ": no safe connection (" + ssl.getMessage() + ")")
              + ": check llm.base_url and the certificates of this machine";
        }
        default -> {}
      }
    }
    // said last: it is also the cover of the others
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return who() + " refuses connections: is it running, and is llm.base_url right?";
      }
    }
    String message = failure.getMessage();
    return clean(who() + ": the connection failed" + (message == null ? "" : " (" + message + ")"));
  }

  /** Whether a connection failed in a way that may be over at once: it was there, and was cut. */
  static boolean mayPass(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean never =
          cause instanceof ConnectException
              || cause instanceof SSLException
              || cause instanceof UnresolvedAddressException
              || cause instanceof HttpTimeoutException
              || cause instanceof UnknownHostException
              || cause instanceof InterruptedException;
      if (never) {
        return false;
      }
    }
    return true;
  }

  private String unknown() {
    return "there is no host " + Urls.host(settings.url()) + ": check llm.base_url and the network";
  }

  /** One line without a key, of bounded length. */
  String clean(String text) {
    String line = UNSEEN.matcher(text).replaceAll(" ").strip();
    String key = settings.apiKey().orElse("");
    String safe = redactor.redact(key.isBlank() ? line : line.replace(key, Redactor.MASK));
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "…";
  }
}
