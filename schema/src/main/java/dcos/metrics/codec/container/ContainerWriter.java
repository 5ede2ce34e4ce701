// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.Varint;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.codec.record.RecordEncoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gathers encoded records into one self-contained, uncompressed object container of a single block.
 * Copies nothing before {@link #finish}: until then the arrays handed in must stay as they are.
 * Reusable: {@link #finish} empties it. Not thread-safe.
 */
public final class ContainerWriter {
  /** More pieces than this are let go with the message that had them. */
  private static final int KEPT_PIECES = 8192;

  private final byte[] sync = new byte[ContainerFormat.SYNC_BYTES];
  private final byte[] header;
  // Piece i is arrays[i][offsets[i]..offsets[i]+lengths[i]).
  private byte[][] arrays = new byte[16][];
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private int pieces;
  private long bytes;
  private long records;

  public ContainerWriter() {
    // Not a secret: it only must not stand in the data by chance.
    ThreadLocalRandom.current().nextBytes(sync);
    header = ContainerFormat.header(sync);
  }

  /** Adds whole records as they are. */
  public void append(byte[] bytes, int offset, int length, int records) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    add(bytes, offset, length);
    this.records += records;
  }

  /**
   * Adds the record that the cursor stands on, with one more block of tags.
   *
   * @param bytes the array that the cursor steps through
   * @param tagBlock what {@link RecordEncoder#tagBlock} made; empty adds nothing
   */
  public void append(byte[] bytes, RecordCursor record, byte[] tagBlock) {
    if (tagBlock.length == 0) {
      append(bytes, record.start(), record.end() - record.start(), 1);
      return;
    }
    Objects.checkFromToIndex(record.start(), record.end(), bytes.length);
    add(bytes, record.start(), record.tagsEnd() - record.start());
    add(tagBlock, 0, tagBlock.length);
    add(bytes, record.tagsEnd(), record.end() - record.tagsEnd());
    records++;
  }

  /**
   * The container with all that was appended, an array of its own.
   *
   * @throws ArithmeticException if it exceeds 2 GB
   */
  public byte[] finish() {
    int size =
        Math.toIntExact(
            header.length
                + Varint.length(records)
                + Varint.length(bytes)
                + bytes
                + ContainerFormat.SYNC_BYTES);
    byte[] container = Arrays.copyOf(header, size);
    int at = Varint.put(container, header.length, records);
    at = Varint.put(container, at, bytes);
    for (int i = 0; i < pieces; i++) {
      System.arraycopy(arrays[i], offsets[i], container, at, lengths[i]);
      at += lengths[i];
    }
    System.arraycopy(sync, 0, container, at, sync.length);
    clear();
    return container;
  }

  @SuppressWarnings("ReferenceEquality") // the same array, not an equal one
  private void add(byte[] array, int offset, int length) {
    bytes += length;
    int last = pieces - 1;
    if (last >= 0 && arrays[last] == array && offsets[last] + lengths[last] == offset) {
      lengths[last] += length; // the next record of the same block, most often
      return;
    }
    if (pieces == arrays.length) {
      resize(2 * pieces);
    }
    arrays[pieces] = array;
    offsets[pieces] = offset;
    lengths[pieces] = length;
    pieces++;
  }

  private void clear() {
    Arrays.fill(arrays, 0, pieces, null);
    pieces = 0;
    bytes = 0;
    records = 0;
    if (arrays.length > KEPT_PIECES) {
      resize(KEPT_PIECES);
    }
  }

  private void resize(int length) {
    arrays = Arrays.copyOf(arrays, length);
    offsets = Arrays.copyOf(offsets, length);
    lengths = Arrays.copyOf(lengths, length);
  }
}
