package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.zip.CRC32C;

/**
 * Images in a folder, newest by their number. The name of a file holds the checksum of its bytes,
 * so that a rename publishes both at once. A published image is never changed.
 */
final class ImageFolder {
  private static final String SUFFIX = ".db";

  /** An image's file. */
  record Image(Path file, long number, String crc) {}

  private final Disk disk;
  private final Path folder;
  private final String prefix;

  ImageFolder(Disk disk, Path folder, String prefix) {
    this.disk = disk;
    this.folder = folder;
    this.prefix = prefix;
  }

  /** All images, newest first. */
  List<Image> list() throws IOException {
    List<Image> images = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String middle = name.substring(prefix.length(), name.length() - SUFFIX.length());
        if (middle.matches("[0-9]{16}-[0-9a-f]{8}")) {
          images.add(
              new Image(file, Long.parseLong(middle.substring(0, 16)), middle.substring(17)));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
    images.sort(Comparator.comparingLong(Image::number).reversed());
    return images;
  }

  /**
   * @throws StoreException when it is damaged
   * @throws NoSuchFileException when it was deleted meanwhile
   */
  NavigableMap<String, byte[]> read(Image image) throws IOException {
    if (Files.size(image.file()) > SortedTable.MAX_BYTES) {
      throw new StoreException("it is too large");
    }
    byte[] bytes = Files.readAllBytes(image.file());
    // MapDB may do anything when bytes are wrong, so it gets none that are.
    if (!crc(bytes).equals(image.crc())) {
      throw new StoreException("it is damaged");
    }
    try {
      return SortedTable.read(bytes);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StoreException("it can't be read: " + e, e);
    }
  }

  /** Writes an image to a file of its own, checks it there and only then publishes it. */
  void publish(long number, NavigableMap<String, byte[]> entries) throws IOException {
    byte[] bytes = SortedTable.write(entries);
    String crc = crc(bytes);
    Path beside = folder.resolve(".image-" + Fresh.name());
    try {
      try (Disk.Appender out = disk.create(beside)) {
        out.write(bytes, 0, bytes.length);
        out.force();
      }
      if (!crc(Files.readAllBytes(beside)).equals(crc)) {
        throw new IOException("the image is not on the disk as it was written");
      }
      String name = String.format(Locale.ROOT, "%s%016d-%s%s", prefix, number, crc, SUFFIX);
      disk.rename(beside, folder.resolve(name));
    } catch (IOException e) {
      disk.delete(beside);
      throw e;
    }
    disk.forceFolder(folder);
  }

  void delete(Image image) throws IOException {
    disk.delete(image.file());
  }

  /** Deletes all but the newest. */
  void keep(int newest) throws IOException {
    for (Image image : list().stream().skip(newest).toList()) {
      delete(image);
    }
  }

  private static String crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
