// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.open;

import dcos.metrics.codec.binary.Varint;
import dcos.metrics.inspector.recording.store.BlockFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Steps from block to block of one container after the other, without reading what is in them, and
 * over what is damaged to the next sync marker of the same container. Not thread-safe.
 */
final class BlockScanner {
  private static final int SYNC_BYTES = 16;
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int WINDOW_BYTES = 1 << 16;

  private final BlockFile file;
  private final long size;
  private final int maxBlockBytes;
  private byte[] sync = {};
  // A part of the file: the byte at windowAt, and those behind it.
  private byte[] window = new byte[0];
  private long windowAt;
  private long pos;
  private long skipped;
  private String problem = "";
  private long problemOffset;

  BlockScanner(BlockFile file, long size, int maxBlockBytes) {
    this.file = file;
    this.size = size;
    this.maxBlockBytes = maxBlockBytes;
  }

  /** A block: where it and its body begin. */
  record ScannedBlock(long offset, int records, long bodyAt, int length) {}

  /** Goes to the blocks of a container, which end with this marker. */
  void begin(long firstBlock, byte[] marker) {
    pos = firstBlock;
    sync = marker;
  }

  /** Whether another container begins at the position. */
  boolean isAtHeader() throws IOException {
    if (pos + MAGIC.length > size) {
      return false;
    }
    load(pos, MAGIC.length);
    int start = (int) (pos - windowAt);
    return Arrays.equals(window, start, start + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  long position() {
    return pos;
  }

  /** How many damaged places were passed over. */
  long skipped() {
    return skipped;
  }

  /** What was wrong with the first of them, or empty. */
  String problem() {
    return problem;
  }

  long problemOffset() {
    return problemOffset;
  }

  /** The next block that stands between markers; null at the end of its container. */
  @Nullable ScannedBlock next() throws IOException {
    while (pos < size && !isAtHeader()) {
      long at = pos;
      long records = readLong();
      long length = records < 0 ? -1 : readLong();
      long body = pos;
      if (records < 0 || records > Integer.MAX_VALUE || length < 0 || length > maxBlockBytes) {
        lose(at, "corrupt block: it declares " + records + " records in " + length + " bytes");
      } else if (body + length + SYNC_BYTES > size) {
        lose(at, "truncated block: " + (size - body) + " of " + (length + SYNC_BYTES) + " bytes");
      } else if (!isMarker(body + length)) {
        int found = (int) (body + length - windowAt);
        String there = HexFormat.ofDelimiter(" ").formatHex(window, found, found + SYNC_BYTES);
        lose(body + length, "corrupt sync marker: found " + there);
        pos = at;
      } else {
        pos = body + length + SYNC_BYTES;
        return new ScannedBlock(at, (int) records, body, (int) length);
      }
      findMarker(at);
    }
    return null;
  }

  /** Passes over the rest of the file, which begins with an invalid header. */
  void loseRest(long at, String what) {
    lose(at, what);
    pos = size;
  }

  private void lose(long at, String what) {
    skipped++;
    if (problem.isEmpty()) {
      problem = what;
      problemOffset = at;
    }
  }

  /** Goes behind the first marker from an offset on, or to the end. */
  private void findMarker(long from) throws IOException {
    for (long at = from; at + SYNC_BYTES <= size; ) {
      int left = load(at, SYNC_BYTES);
      int start = (int) (at - windowAt);
      int last = start + left - SYNC_BYTES;
      for (int i = start; i <= last; i++) {
        if (window[i] == sync[0] && Arrays.equals(window, i, i + SYNC_BYTES, sync, 0, SYNC_BYTES)) {
          pos = windowAt + i + SYNC_BYTES;
          return;
        }
      }
      at = windowAt + last + 1;
    }
    pos = size;
  }

  private boolean isMarker(long at) throws IOException {
    load(at, SYNC_BYTES);
    int start = (int) (at - windowAt);
    return Arrays.equals(window, start, start + SYNC_BYTES, sync, 0, SYNC_BYTES);
  }

  /** A number, or -1 where there is none. */
  private long readLong() throws IOException {
    long bits = 0;
    for (int i = 0; i < Varint.MAX_BYTES && pos < size; i++) {
      load(pos, 1);
      byte b = window[(int) (pos - windowAt)];
      pos++;
      bits |= (b & 0x7fL) << (7 * i);
      if (b >= 0) {
        return Varint.decode(bits);
      }
    }
    return -1;
  }

  /** Has at least so many bytes from an offset on in the window; answers how many there are. */
  private int load(long at, int least) throws IOException {
    if (at < windowAt || at + least > windowAt + window.length) {
      window = file.read(at, (int) Math.min(WINDOW_BYTES, size - at));
      windowAt = at;
    }
    return (int) (windowAt + window.length - at);
  }
}
