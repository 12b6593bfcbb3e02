package dev.mahavishnu.llm.provider;

import dev.mahavishnu.llm.Call;
import java.nio.charset.StandardCharsets;

/** Numbers of tokens, before a provider counts them. */
final class Tokens {
  /** English and JSON have about four bytes a token, by the densest tokenizers two. */
  private static final int USUAL = 4;

  private static final int FEWEST = 2;

  /** Roles, marks and names around each message. */
  private static final int PER_MESSAGE = 10;

  private Tokens() {}

  /** About how many tokens so many characters are. */
  static long about(long characters) {
    return (characters + USUAL - 1) / USUAL;
  }

  /** About how many tokens a call sends. */
  static long about(Call call) {
    return bytes(call) / USUAL + (long) PER_MESSAGE * call.messages().size();
  }

  /** The most tokens that a call sends. */
  static long most(Call call) {
    return bytes(call) / FEWEST + (long) PER_MESSAGE * (call.messages().size() + 1);
  }

  private static long bytes(Call call) {
    long bytes = call.schema().map(s -> bytes(s.toString())).orElse(0L);
    for (Call.Tool tool : call.tools()) {
      bytes += bytes(tool.name()) + bytes(tool.description()) + bytes(tool.parameters().toString());
    }
    for (Call.Message message : call.messages()) {
      bytes +=
          switch (message) {
            case Call.Instructions instructions -> bytes(instructions.text());
            case Call.User user -> bytes(user.text());
            case Call.Model model -> bytes(model.text()) + bytes(model.lookups().toString());
            case Call.Found found -> bytes(found.text()) + bytes(found.lookup().toString());
          };
    }
    return bytes;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
