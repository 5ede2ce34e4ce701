// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.MetricList;
import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.inspector.recording.store.BlockDecoder;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block's records, each where it stands. Immutable. */
public final class DecodedBlock {
  private static final MetricList NOTHING = new MetricList("", List.of(), List.of());

  private final byte[] bytes;
  // Where record i begins; one more, for where the last ends.
  private final int[] starts;
  private final int records;
  private final String problem;

  private DecodedBlock(byte[] bytes, int[] starts, int records, String problem) {
    this.bytes = bytes;
    this.starts = starts;
    this.records = records;
    this.problem = problem;
  }

  /** Reads and decodes a block; what stands in the way becomes its problem. */
  public static DecodedBlock read(BlockLocation block, @Nullable BlockDecoder decoder) {
    if (decoder == null) {
      return unreadable("the header of its stream was not captured");
    }
    byte[] stored;
    try {
      stored = block.read();
    } catch (IOException _) {
      return unreadable("its bytes have been dropped");
    }
    try {
      return of(decoder.decode(stored, block.records()));
    } catch (IOException e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static DecodedBlock unreadable(String problem) {
    return new DecodedBlock(new byte[0], new int[1], 0, problem);
  }

  static DecodedBlock of(RecordBlock block) {
    // Not as many as it declares before they are seen.
    int[] starts = new int[Math.min(block.records(), block.length()) + 1];
    RecordCursor cursor = block.cursor();
    int found = 0;
    String problem = "";
    starts[0] = block.offset();
    try {
      while (found < block.records() && cursor.next()) {
        starts[found] = cursor.start();
        found++;
        starts[found] = cursor.end();
      }
      if (found < block.records()) {
        problem =
            "corrupt number of records: " + block.records() + " declared, " + found + " found";
      } else if (starts[found] != block.offset() + block.length()) {
        problem = "corrupt number of records: bytes behind the last of " + found;
      }
    } catch (CorruptRecordException e) {
      problem = e.reason() + " at byte " + e.index() + " of the block";
    }
    return new DecodedBlock(
        block.bytes(),
        found + 1 == starts.length ? starts : Arrays.copyOf(starts, found + 1),
        found,
        problem);
  }

  /** How many there are, up to where it breaks. */
  public int records() {
    return records;
  }

  /** Why it is not whole, or empty. */
  public String problem() {
    return problem;
  }

  /** In our encoding, uncompressed; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where a record's bytes begin. */
  public int start(int record) {
    return starts[record];
  }

  /** Where a record's bytes end. */
  public int end(int record) {
    return starts[record + 1];
  }

  int length(int record) {
    return record < records ? end(record) - start(record) : 0;
  }

  /** The record; empty where it can not be read. */
  MetricList metrics(int record) {
    return record < records
        ? MetricListCodec.decode(new RecordBlock(bytes, start(record), length(record), 1))
            .getFirst()
        : NOTHING;
  }

  long memoryBytes() {
    return bytes.length + (long) Integer.BYTES * starts.length;
  }
}
