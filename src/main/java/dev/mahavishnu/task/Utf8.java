package dev.mahavishnu.task;

import dev.mahavishnu.engine.TaskException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts as bytes, exactly. */
final class Utf8 {
  private Utf8() {}

  /**
   * @param what is encoded, for the message
   * @throws TaskException when the text holds half of a character, for which there are no bytes
   */
  static byte[] encode(String what, String text) throws TaskException {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new TaskException(what + " holds half a character (a lone surrogate)", false);
    }
  }
}
