// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.decode;

import dcos.metrics.codec.binary.Varint;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.util.Arrays;
import java.util.Optional;

/**
 * A record, where it went, its bytes, and what every byte of it means; all of one moment.
 *
 * @param message that it went out in, as far as that is known and kept
 * @param bytes in our encoding; of a stream of another schema, what was made of them. Empty where
 *     they can not be read
 * @param tree of the decoded fields; ranges are within {@code bytes}
 * @param streamOffset where the first byte stands in its stream, or -1 where it stands there in
 *     another form, compressed or in another schema
 * @param blockOffset where its block begins in the stream, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // a copy, made for whoever asked
public record DecodedRecord(
    TracedRecord traced,
    Optional<CapturedDelivery> message,
    byte[] bytes,
    DecodedNode tree,
    long streamOffset,
    long blockOffset) {

  /** Of a run's first record. */
  static DecodedRecord of(RecordReader.IndexedRange run, DecodedBlock block) {
    int i = run.first();
    TracedRecord traced = RecordReader.traced(run, block, i);
    Optional<CapturedDelivery> message = Optional.ofNullable(run.fates().getFirst().message());
    BlockLocation ref = run.block();
    if (i >= block.records()) {
      var problem = DecodedNode.leaf("record", traced.record().problem(), 0, 0);
      return new DecodedRecord(traced, message, new byte[0], problem, -1, ref.offset());
    }
    byte[] bytes = Arrays.copyOfRange(block.bytes(), block.start(i), block.end(i));
    boolean plain = run.decoder() != null && run.decoder().isPlain();
    long body = ref.offset() + Varint.length(ref.records()) + Varint.length(ref.length());
    long offset = plain && ref.offset() >= 0 ? body + block.start(i) : -1;
    return new DecodedRecord(traced, message, bytes, RecordTree.of(bytes), offset, ref.offset());
  }
}
