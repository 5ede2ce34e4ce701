// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.Map;
import java.util.Optional;

/**
 * Where records came from: a connection, the agent, a file.
 *
 * @param number in the order in which they appeared, from 0
 * @param name such as {@code tcp 127.0.0.1:40122}
 * @param openedMs since the epoch
 * @param header what the last of its containers says of itself, if there was one
 * @param containers how many there were, one after the other
 * @param end how it ended, if it has
 * @param storedBytes of its blocks, as they were sent
 * @param records by term of the ledger's equation
 * @param perSecond records, lately
 * @param damagedBlocks that do not hold what they say
 */
public record CapturedSource(
    int number,
    String name,
    long openedMs,
    Optional<CapturedHeader> header,
    long containers,
    Optional<SourceEnd> end,
    long blocks,
    long storedBytes,
    Map<LedgerTerm, Long> records,
    double perSecond,
    long damagedBlocks) {
  /**
   * What a container says of itself.
   *
   * @param codec as Avro names it
   * @param writerSchema JSON, as it was sent
   * @param rewritten whether its records are resolved to our schema, instead of passed through
   * @param bytes all of the header; empty where they were not kept. Must not be changed
   * @param offset where it begins in the stream; -1 where that is not known
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the pipeline, which does not change it
  public record CapturedHeader(
      String codec, String writerSchema, boolean rewritten, byte[] bytes, long offset) {
    /** The same elsewhere in the stream, and with another marker. */
    public CapturedHeader with(byte[] otherBytes, long otherOffset) {
      return new CapturedHeader(codec, writerSchema, rewritten, otherBytes, otherOffset);
    }
  }

  /**
   * How a stream ended.
   *
   * @param cause one line; empty where the sender ended it between two blocks
   * @param offset how many bytes were read, or where it is broken
   */
  public record SourceEnd(long wallMs, String cause, long offset) {}
}
