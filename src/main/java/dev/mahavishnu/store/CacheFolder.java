package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Outputs kept for reuse, a file an entry: what is there is whole, whoever wrote it. */
final class CacheFolder {
  private static final Logger LOG = LoggerFactory.getLogger(CacheFolder.class);
  private static final int VERSION = 1;

  private final Setting setting;
  private final Path folder;

  CacheFolder(Setting setting, Path folder) {
    this.setting = setting;
    this.folder = folder;
  }

  Optional<CacheEntry> get(String key, Instant now) throws IOException {
    Path file = file(key);
    try {
      Optional<JsonNode> json = Sealed.read(Files.readAllBytes(file));
      if (json.isEmpty()) {
        LOG.warn("a cache entry is damaged and not used: {}", file);
        return Optional.empty();
      }
      return entry(json.get(), now);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (StoreException unusable) {
      LOG.warn("a cache entry is not used, {}: {}", unusable.getMessage(), file);
      return Optional.empty();
    }
  }

  private Optional<CacheEntry> entry(JsonNode json, Instant now) throws IOException {
    Optional<Instant> expires = Fields.instant(json, "expires");
    if (Fields.count(json, "v") != VERSION
        || expires.filter(until -> !now.isBefore(until)).isPresent()) {
      return Optional.empty();
    }
    boolean secret = json.path("sealed").isString();
    JsonNode output = secret ? decrypted(json) : Fields.node(json, "output");
    return Optional.of(
        new CacheEntry(
            new RunId(Fields.text(json, "run")),
            Fields.text(json, "task"),
            output,
            secret,
            expires));
  }

  private JsonNode decrypted(JsonNode json) throws IOException {
    byte[] sealed = Base64.getDecoder().decode(Fields.text(json, "sealed"));
    byte[] plain = setting.keys().key().decrypt(sealed);
    return JsonIn.read(plain, 0, plain.length);
  }

  void put(String key, CacheEntry entry) throws IOException {
    JsonOut out = Sealed.start();
    out.open().field("v", VERSION).field("run", entry.run().text()).field("task", entry.task());
    entry.expires().ifPresent(until -> out.field("expires", Micros.of(until)));
    if (entry.secret()) {
      byte[] plain = new JsonOut(256).value(entry.output()).toBytes();
      byte[] sealed = setting.keys().key().encrypt(plain);
      out.field("sealed", Base64.getEncoder().encodeToString(sealed));
    } else {
      out.name("output").value(entry.output());
    }
    byte[] bytes = Sealed.finish(out.close());
    Path file = file(key);
    setting.disk().makeLastingFolder(Objects.requireNonNull(file.getParent()));
    setting.disk().replace(file, bytes, bytes.length);
  }

  private Path file(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    String hash = Canonical.sha256(bytes, 0, bytes.length);
    return folder.resolve(hash.substring(0, 2)).resolve(hash.substring(2) + ".json");
  }
}
