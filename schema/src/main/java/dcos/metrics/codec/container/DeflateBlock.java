// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One block of raw deflate data (RFC 1951), as Avro 1.12 prescribes, and as its writers write it:
 * Python's libraries cut the zlib format (RFC 1950) to it and leave some bytes of its checksum, and
 * a writer that only flushes its compressor never marks the end. Not thread-safe.
 */
final class DeflateBlock {
  private static final int CHECKSUM_BYTES = 4;

  private final byte[] stored;
  private boolean unfinished;

  DeflateBlock(byte[] stored) {
    this.stored = stored;
  }

  /** Whether the data had no mark of their end, once they were inflated. */
  boolean isUnfinished() {
    return unfinished;
  }

  /**
   * Inflates all of it.
   *
   * @return how many bytes there are, or -1 if they do not fit
   * @throws DataFormatException if it is not deflate, or followed by bytes that are not the
   *     beginning of its checksum
   */
  int inflate(byte[] into) throws DataFormatException {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(stored);
      int length = 0;
      byte[] beyond = new byte[1];
      while (!inflater.finished()) {
        boolean full = length == into.length;
        int got =
            full ? inflater.inflate(beyond) : inflater.inflate(into, length, into.length - length);
        if (full && got > 0) {
          return -1;
        }
        if (got == 0 && !inflater.finished()) {
          if (inflater.needsDictionary()) {
            throw new DataFormatException("needs a dictionary");
          }
          unfinished = true;
          return length;
        }
        length += got;
      }
      checkRest(inflater.getRemaining(), into, length);
      return length;
    } finally {
      inflater.end();
    }
  }

  /** Of the checksum, some of the first bytes may follow the data. */
  private void checkRest(int rest, byte[] inflated, int length) throws DataFormatException {
    if (rest > CHECKSUM_BYTES) {
      throw new DataFormatException(rest + " bytes after its end");
    }
    if (rest == 0) {
      return;
    }
    var checksum = new Adler32();
    checksum.update(inflated, 0, length);
    long expected = checksum.getValue() >>> (8 * (CHECKSUM_BYTES - rest));
    long found = 0;
    for (int i = stored.length - rest; i < stored.length; i++) {
      found = (found << 8) | (stored[i] & 0xff);
    }
    if (found != expected) {
      throw new DataFormatException(rest + " bytes after its end, not of its checksum");
    }
  }
}
