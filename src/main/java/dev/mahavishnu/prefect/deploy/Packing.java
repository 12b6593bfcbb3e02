package dev.mahavishnu.prefect.deploy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Bytes as text that stands in JSON: gzip, then base64. */
final class Packing {
  private Packing() {}

  static String pack(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  /**
   * @param most bytes that it may come to
   * @throws BundleException when it comes to more, or is nothing that was packed
   */
  static byte[] unpack(String text, int most) {
    try (GZIPInputStream zip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      byte[] bytes = zip.readNBytes(most);
      if (zip.read() >= 0) {
        throw new BundleException("the bundle unpacks to more than 64 MiB");
      }
      return bytes;
    } catch (IOException | IllegalArgumentException e) {
      throw new BundleException("the bundle is damaged: " + e.getMessage(), e);
    }
  }
}
