package dev.mahavishnu.store;

import dev.mahavishnu.run.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Outputs that are too large for the journal or secret, each a file named by its hash. Safe for
 * several threads.
 */
final class Outputs {
  private final Disk disk;
  private final Path folder;
  private final KeyFile keys;
  private final long limit;

  /**
   * @param folder made when the first file is written
   * @param limit largest output accepted, in bytes of JSON
   */
  Outputs(Disk disk, Path folder, KeyFile keys, long limit) {
    this.disk = disk;
    this.folder = folder;
    this.keys = keys;
    this.limit = limit;
  }

  /** Keeps a value; when it returns, a value that has a file is on the disk. */
  Output keep(JsonNode value, boolean secret) {
    byte[] canonical = Canonical.bytes(value);
    if (canonical.length > limit) {
      throw new StoreException(
          "the output has "
              + canonical.length
              + " bytes of JSON and the limit is "
              + limit
              + "; write it to a file and return its name");
    }
    if (!secret && canonical.length <= Output.INLINE_LIMIT) {
      return new Output.Inline(Canonical.sha256(canonical, 0, canonical.length), value);
    }
    String hash =
        secret ? keys.key().hmac(canonical) : Canonical.sha256(canonical, 0, canonical.length);
    byte[] json = new JsonOut(canonical.length + 16).value(value).toBytes();
    Output.Stored stored = new Output.Stored(hash, json.length, secret);
    try {
      Path file = file(hash);
      disk.makeLastingFolder(folder);
      if (isThere(stored)) {
        // Another may have renamed it a moment ago: this makes sure that it lasts.
        disk.forceFolder(folder);
      } else {
        byte[] content = secret ? keys.key().encrypt(json) : json;
        disk.replace(file, content, content.length);
      }
    } catch (IOException e) {
      throw Messages.store("an output can't be stored", e);
    }
    return stored;
  }

  private boolean isThere(Output.Stored stored) {
    if (!Files.exists(file(stored.hash()))) {
      return false;
    }
    try {
      read(stored);
      return true;
    } catch (StoreException damaged) {
      return false;
    }
  }

  /**
   * @throws StoreException when its file is gone, damaged, or under another key
   */
  JsonNode read(Output output) {
    return switch (output) {
      case Output.Inline inline -> inline.value();
      case Output.Stored stored -> stored(stored);
    };
  }

  private JsonNode stored(Output.Stored stored) {
    Path file = file(stored.hash());
    try {
      byte[] content = Files.readAllBytes(file);
      byte[] json = stored.secret() ? keys.key().decrypt(content) : content;
      JsonNode value = JsonIn.read(json, 0, json.length);
      if (!hash(value, stored.secret()).equals(stored.hash())) {
        throw new StoreException("the output in " + file + " is damaged");
      }
      return value;
    } catch (NoSuchFileException e) {
      throw new StoreException("the output in " + file + " is gone", e);
    } catch (IOException e) {
      throw Messages.store("the output in " + file + " can't be read", e);
    } catch (JacksonException e) {
      throw new StoreException("the output in " + file + " is damaged", e);
    }
  }

  private String hash(JsonNode value, boolean secret) {
    byte[] canonical = Canonical.bytes(value);
    return secret ? keys.key().hmac(canonical) : Canonical.sha256(canonical, 0, canonical.length);
  }

  private Path file(String hash) {
    return folder.resolve(hash + ".json");
  }
}
