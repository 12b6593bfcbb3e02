package dev.mahavishnu.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a workspace, under which results that hold a secret are encrypted and hashed. Safe for
 * several threads.
 */
public final class WorkspaceKey {
  private static final String HEADER = "mahavishnu-key-1 ";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** What every ciphertext starts with; the last byte is the version of the format. */
  private static final byte[] PREFIX = {'M', 'V', 'E', 1};

  private final SecretKeySpec encryption;
  private final SecretKeySpec hashing;
  private final SecureRandom random;

  private WorkspaceKey(byte[] master, SecureRandom random) {
    this.random = random;
    // One key for each use, so that what one gives away says nothing about the other.
    SecretKeySpec root = new SecretKeySpec(master, "HmacSHA256");
    this.encryption =
        new SecretKeySpec(mac(root, "encrypt".getBytes(StandardCharsets.US_ASCII)), "AES");
    this.hashing =
        new SecretKeySpec(mac(root, "hash".getBytes(StandardCharsets.US_ASCII)), "HmacSHA256");
  }

  /**
   * Opens the key in this file, which is made first (mode 0600, a random key) where it is missing.
   * Processes that do so at the same time get the same key.
   *
   * @throws IOException when the file can't be read or made, is open to group or others, or does
   *     not hold a key of this version; the message names the file and says what to do
   */
  public static WorkspaceKey open(Path file) throws IOException {
    SecureRandom random = new SecureRandom();
    if (Files.notExists(file)) {
      byte[] fresh = new byte[KEY_BYTES];
      random.nextBytes(fresh);
      String line = HEADER + Base64.getEncoder().encodeToString(fresh) + "\n";
      try {
        PrivateFile.create(file, line.getBytes(StandardCharsets.US_ASCII));
      } catch (FileAlreadyExistsException made) {
        // Another process was faster: its key is the workspace's.
      }
    }
    return new WorkspaceKey(parse(file, PrivateFile.read(file)), random);
  }

  private static byte[] parse(Path file, byte[] content) throws IOException {
    String text = new String(content, StandardCharsets.US_ASCII).strip();
    if (text.startsWith(HEADER)) {
      try {
        byte[] key = Base64.getDecoder().decode(text.substring(HEADER.length()));
        if (key.length == KEY_BYTES) {
          return key;
        }
      } catch (IllegalArgumentException notBase64) {
        // Said below.
      }
    }
    throw new IOException(
        file
            + " does not hold a workspace key of version 1;"
            + " bring it back from a backup: results encrypted under it can't be read without it");
  }

  /** Encrypts and authenticates; equal texts give different ciphertexts, 32 bytes longer. */
  public byte[] encrypt(byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        Arrays.copyOf(PREFIX, Math.addExact(PREFIX.length + NONCE_BYTES + TAG_BYTES, plain.length));
    System.arraycopy(nonce, 0, sealed, PREFIX.length, NONCE_BYTES);
    try {
      cipher(Cipher.ENCRYPT_MODE, nonce)
          .doFinal(plain, 0, plain.length, sealed, PREFIX.length + NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM failed", e);
    }
  }

  /**
   * The reverse of {@link #encrypt}.
   *
   * @throws IOException when a bit of it was changed, it was encrypted under another key, or it is
   *     of a newer version
   */
  public byte[] decrypt(byte[] sealed) throws IOException {
    int last = PREFIX.length - 1;
    if (sealed.length < PREFIX.length + NONCE_BYTES + TAG_BYTES
        || !Arrays.equals(sealed, 0, last, PREFIX, 0, last)) {
      throw new IOException("not encrypted by Mahavishnu, or damaged");
    }
    if (sealed[last] != PREFIX[last]) {
      throw new IOException(
          "encrypted in format "
              + sealed[last]
              + ", this Mahavishnu knows format "
              + PREFIX[last]
              + "; use a newer one");
    }
    int start = PREFIX.length + NONCE_BYTES;
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, PREFIX.length, start))
          .doFinal(sealed, start, sealed.length - start);
    } catch (AEADBadTagException e) {
      throw new IOException("damaged, or encrypted under another workspace's key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM failed", e);
    }
  }

  /** HMAC-SHA-256 in lower-case hex, 64 characters. */
  public String hmac(byte[] data) {
    return HexFormat.of().formatHex(mac(hashing, data));
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, encryption, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(PREFIX);
    return cipher;
  }

  private static byte[] mac(SecretKeySpec key, byte[] data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 failed", e);
    }
  }
}
