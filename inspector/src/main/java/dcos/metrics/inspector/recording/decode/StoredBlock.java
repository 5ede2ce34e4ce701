// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block as it stood in its stream. The arrays must not be changed.
 *
 * @param counts how many records and bytes; empty where it came from no stream
 * @param body as it was sent
 * @param sync the marker behind it; empty where it is not known
 * @param problem why the body is not there; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // read for whoever asked
public record StoredBlock(byte[] counts, byte[] body, byte[] sync, String problem) {
  private static final int SYNC_BYTES = 16;

  /** Its body, and around it what a stream that was read without complaint had there. */
  static StoredBlock of(
      BlockLocation block, byte[] body, CapturedSource.@Nullable CapturedHeader header) {
    byte[] head = header == null ? new byte[0] : header.bytes();
    if (block.offset() < 0) {
      return new StoredBlock(new byte[0], body, new byte[0], "");
    }
    byte[] sync =
        head.length < SYNC_BYTES
            ? new byte[0]
            : Arrays.copyOfRange(head, head.length - SYNC_BYTES, head.length);
    return new StoredBlock(counts(block.records(), body.length), body, sync, "");
  }

  static StoredBlock missing(String problem) {
    return new StoredBlock(new byte[0], new byte[0], new byte[0], problem);
  }

  private static byte[] counts(int records, int length) {
    var counts = new EncodedBytes();
    counts.putLong(records);
    counts.putLong(length);
    return counts.toByteArray();
  }
}
