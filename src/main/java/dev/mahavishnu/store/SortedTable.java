package dev.mahavishnu.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.mapdb.SortedTableMap;
import org.mapdb.serializer.GroupSerializer;
import org.mapdb.volume.ByteArrayVol;
import org.mapdb.volume.SingleByteArrayVol;
import org.mapdb.volume.Volume;

/**
 * MapDB's immutable table, as bytes. MapDB never touches a file here: the bytes go to the disk as
 * everything else does, and are checked as a whole before MapDB sees them again. It verifies
 * nothing of what it reads, so the last entry is a checksum of all others.
 */
final class SortedTable {
  /** Largest value of an entry: some of them, and their keys, must fit a page. */
  static final int MAX_VALUE = 4096;

  /** Images are built and read in memory. */
  static final long MAX_BYTES = 1L << 30;

  private static final int PAGE_SHIFT = 16;
  private static final int PAGE = 1 << PAGE_SHIFT;
  private static final int NODE = 8;
  private static final String CHECKSUM = "~checksum";
  private static final GroupSerializer<String> KEYS = org.mapdb.Serializer.STRING;
  private static final GroupSerializer<byte[]> VALUES = org.mapdb.Serializer.BYTE_ARRAY;

  private SortedTable() {}

  /**
   * @param entries keys of at most 200 characters and below {@code ~}, values of at most {@link
   *     #MAX_VALUE} bytes
   * @throws StoreException when what was written does not read back as it should
   */
  static byte[] write(NavigableMap<String, byte[]> entries) {
    Volume volume = new ByteArrayVol(PAGE_SHIFT, 0);
    SortedTableMap.Sink<String, byte[]> sink =
        SortedTableMap.create(volume, KEYS, VALUES).pageSize(PAGE).nodeSize(NODE).createFromSink();
    entries.forEach(sink::put);
    sink.put(CHECKSUM, checksum(entries));
    sink.create();
    if (volume.length() > MAX_BYTES) {
      throw new StoreException("a checkpoint image of " + volume.length() + " bytes is too large");
    }
    byte[] bytes = new byte[Math.toIntExact(volume.length())];
    for (int page = 0; page < bytes.length; page += PAGE) {
      volume.getData(page, bytes, page, PAGE);
    }
    verify(entries, read(bytes));
    return bytes;
  }

  private static void verify(
      NavigableMap<String, byte[]> written, NavigableMap<String, byte[]> read) {
    boolean same = written.size() == read.size();
    Iterator<Map.Entry<String, byte[]>> other = read.entrySet().iterator();
    for (Map.Entry<String, byte[]> entry : written.entrySet()) {
      if (same) {
        Map.Entry<String, byte[]> found = other.next();
        same =
            found.getKey().equals(entry.getKey())
                && Arrays.equals(found.getValue(), entry.getValue());
      }
    }
    if (!same) {
      throw new StoreException("a checkpoint image did not read back as it was written");
    }
  }

  /**
   * @throws StoreException when the checksum is not that of the entries. Bytes that {@link #write}
   *     did not make may bring any RuntimeException: check them as a whole before
   */
  static NavigableMap<String, byte[]> read(byte[] bytes) {
    SortedTableMap<String, byte[]> table =
        SortedTableMap.open(new SingleByteArrayVol(bytes), KEYS, VALUES);
    NavigableMap<String, byte[]> entries = new TreeMap<>();
    table.forEach(entries::put);
    byte[] checksum = entries.remove(CHECKSUM);
    if (checksum == null || !Arrays.equals(checksum, checksum(entries))) {
      throw new StoreException("a checkpoint image is damaged");
    }
    return entries;
  }

  private static byte[] checksum(NavigableMap<String, byte[]> entries) {
    CRC32C crc = new CRC32C();
    ByteBuffer lengths = ByteBuffer.allocate(8);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
      crc.update(lengths.clear().putInt(key.length).putInt(entry.getValue().length).flip());
      crc.update(key);
      crc.update(entry.getValue());
    }
    return ByteBuffer.allocate(12).putInt(entries.size()).putLong(crc.getValue()).array();
  }
}
