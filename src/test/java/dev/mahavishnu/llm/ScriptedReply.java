package dev.mahavishnu.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a {@link ScriptedModel} does with a request. */
public sealed interface ScriptedReply {
  /**
   * An answer.
   *
   * @param pieces of the text, each an event of the stream
   * @param finish the provider's end mark: {@code stop}, {@code length}, {@code content_filter}
   * @param pause before the first piece, and between two
   * @param end what comes after the pieces
   */
  record Text(List<String> pieces, String finish, Duration pause, End end)
      implements ScriptedReply {
    public Text {
      pieces = List.copyOf(pieces);
    }

    /** The same in pieces of so many characters, slowly. */
    public Text dripped(int characters, Duration between) {
      return new Text(split(String.join("", pieces), characters), finish, between, end);
    }

    /** Its first so many characters; then the stream ends, without any end mark. */
    public Text cutAfter(int characters) {
      return new Text(begin(characters), finish, pause, End.CUT);
    }

    /** Its first so many characters; then nothing until whoever asked goes away. */
    public Text stallingAfter(int characters) {
      return new Text(begin(characters), finish, pause, End.STALL);
    }

    /** The same with another end mark. */
    public Text ending(String mark) {
      return new Text(pieces, mark, pause, end);
    }

    private List<String> begin(int characters) {
      String text = String.join("", pieces);
      return split(text.substring(0, Math.min(characters, text.length())), 16);
    }
  }

  /** How an answer ends. */
  enum End {
    /** With its end mark, what it took, and the stream's. */
    WHOLE,
    /** Without any end mark. */
    CUT,
    /** Not at all. */
    STALL
  }

  /** The model wants to look something up, as JSON: {@code {"path": "a.sh"}}. */
  record Tool(String id, String name, String arguments) implements ScriptedReply {}

  /** An error of the provider. */
  record Failure(int status, String body, Map<String, String> headers) implements ScriptedReply {
    public Failure {
      headers = Map.copyOf(headers);
    }
  }

  /** An answer in events of a few characters each, as providers send them. */
  static Text text(String text) {
    return new Text(split(text, 16), "stop", Duration.ZERO, End.WHOLE);
  }

  /** A provider's error, in the form that OpenAI has for them. */
  static Failure failure(int status, String message) {
    String quoted = message.replace("\\", "\\\\").replace("\"", "\\\"");
    return new Failure(
        status,
        "{\"error\": {\"message\": \"" + quoted + "\", \"type\": \"error\", \"code\": null}}",
        Map.of());
  }

  private static List<String> split(String text, int characters) {
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < text.length(); at += characters) {
      pieces.add(text.substring(at, Math.min(text.length(), at + characters)));
    }
    return pieces;
  }
}
