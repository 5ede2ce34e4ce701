// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import dcos.metrics.codec.binary.SingleLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the header of a container, and keeps of it only what is needed. For one header. */
final class HeaderReader {
  private static final int SHOWN_CODEC_CHARS = 40;

  private final CountingInput in;
  private final int limit;
  private final long start;
  private @Nullable String schema;
  private long schemaOffset;
  private CompressionCodec codec = CompressionCodec.NULL;

  /**
   * The stream must be where the header begins.
   *
   * @param limit of the header, in bytes
   */
  HeaderReader(CountingInput in, int limit) {
    this.in = in;
    this.limit = limit;
    this.start = in.offset();
  }

  /**
   * What a header says.
   *
   * @param schemaOffset where the schema's text begins in the stream
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by the one reader that asked for it
  record ParsedHeader(
      CompressionCodec codec, String schema, long schemaOffset, byte[] sync, int lengthBytes) {
    /** The same with another copy of the schema's text. */
    ParsedHeader withSchema(String copy) {
      return new ParsedHeader(codec, copy, schemaOffset, sync, lengthBytes);
    }
  }

  ParsedHeader read() throws IOException {
    readMagic();
    while (readEntries()) {
      // one block of the metadata map after the other
    }
    if (schema == null) {
      throw malformed(in.offset(), "invalid header: it has no " + ContainerFormat.SCHEMA_KEY);
    }
    checkFits(in.offset(), ContainerFormat.SYNC_BYTES, "sync marker");
    byte[] sync = bytes(ContainerFormat.SYNC_BYTES);
    return new ParsedHeader(codec, schema, schemaOffset, sync, (int) (in.offset() - start));
  }

  private void readMagic() throws IOException {
    checkFits(start, ContainerFormat.MAGIC_BYTES, "magic");
    int magic = 0;
    for (byte b : bytes(ContainerFormat.MAGIC_BYTES)) {
      magic = magic << 8 | (b & 0xff);
    }
    if (magic != ContainerFormat.MAGIC) {
      throw malformed(
          start,
          String.format(
              "invalid magic %08x: an object container begins with %08x",
              magic, ContainerFormat.MAGIC));
    }
  }

  /** Reads one block of the map; false for the empty one, which ends it. */
  private boolean readEntries() throws IOException {
    long at = in.offset();
    long declared = readLong("header's number of entries");
    long count = declared;
    long size = -1;
    if (declared == 0) {
      return false;
    }
    if (declared < 0) {
      count = -declared;
      long sizeAt = in.offset();
      size = readLong("header's block size");
      checkFits(sizeAt, size, "block of entries");
    }
    // Every entry takes two bytes at least; also refuses the one negative without a positive.
    if (count < 0 || count > left() / 2) {
      throw malformed(at, "header above " + limit + " bytes: " + declared + " entries");
    }
    long entriesAt = in.offset();
    for (long i = 0; i < count; i++) {
      readEntry();
    }
    if (size >= 0 && in.offset() - entriesAt != size) {
      throw malformed(
          in.offset(),
          "corrupt size of a header's block: it is off by " + (entriesAt + size - in.offset()));
    }
    return true;
  }

  private void readEntry() throws IOException {
    int keyLength = length("header key");
    String key = "";
    if (keyLength <= ContainerFormat.SCHEMA_KEY.length()) {
      key = text(keyLength);
    } else {
      skip(keyLength);
    }
    long at = in.offset();
    int length = length("header value");
    switch (key) {
      case ContainerFormat.SCHEMA_KEY -> {
        schemaOffset = in.offset();
        schema = text(length);
      }
      case ContainerFormat.CODEC_KEY -> codec = codec(at, text(length));
      default -> skip(length);
    }
  }

  private static CompressionCodec codec(long at, String name) throws MalformedContainerException {
    CompressionCodec found = CompressionCodec.named(name);
    if (found == null) {
      throw malformed(
          at,
          "unsupported codec "
              + SingleLine.of(name, SHOWN_CODEC_CHARS)
              + " (allowed: "
              + CompressionCodec.names()
              + ")");
    }
    return found;
  }

  private int length(String what) throws IOException {
    long at = in.offset();
    long length = readLong(what + "'s length");
    checkFits(at, length, what);
    return (int) length;
  }

  private long readLong(String what) throws IOException {
    checkFits(in.offset(), 1, what);
    long value = in.readLong(what);
    checkFits(in.offset(), 0, what);
    return value;
  }

  /** Both bounds of a declared length, before anything is allocated for it. */
  private void checkFits(long at, long length, String what) throws MalformedContainerException {
    if (length < 0) {
      throw malformed(at, "corrupt length of a " + what + ": " + length);
    }
    if (length > left()) {
      throw malformed(at, "header above " + limit + " bytes: " + what + " of " + length);
    }
  }

  /** How many bytes the header may still have. */
  private long left() {
    return start + limit - in.offset();
  }

  private String text(int length) throws IOException {
    String text = in.text(length);
    if (text == null) {
      throw truncated();
    }
    return text;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = new byte[length];
    if (in.read(bytes) < length) {
      throw truncated();
    }
    return bytes;
  }

  private void skip(int length) throws IOException {
    if (!in.skip(length)) {
      throw truncated();
    }
  }

  private MalformedContainerException truncated() {
    return malformed(in.offset(), "truncated header");
  }

  private static MalformedContainerException malformed(long at, String reason) {
    return new MalformedContainerException(at, reason);
  }
}
