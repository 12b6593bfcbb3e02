package dev.mahavishnu.prefect.deploy;

import java.util.List;

/**
 * A flow of a bundle with its files.
 *
 * @param spec canonical JSON
 * @param folder of the spec, relative to the folder that everything is in; empty: it is that folder
 * @param folders where tasks work, relative to the same
 * @param files by path
 */
record BundledFlow(
    String name, String spec, String folder, List<String> folders, List<BundledFile> files) {
  BundledFlow {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }

  /**
   * A file that a task names.
   *
   * @param path relative, with slashes
   * @param hash SHA-256 of its bytes
   * @param size in bytes
   * @param packed its bytes, {@link Packing packed}; empty when it was only looked at
   */
  record BundledFile(String path, boolean executable, String hash, long size, String packed) {}
}
