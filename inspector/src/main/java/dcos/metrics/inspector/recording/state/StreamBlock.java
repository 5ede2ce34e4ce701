// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/**
 * A block of a stream.
 *
 * @param number for the recording's {@code bytesOf}
 * @param offset where it begins in the stream, or -1
 * @param storedBytes its body's length, as it was sent; 0 where that is not known
 * @param damaged whether it does not hold what it says
 */
public record StreamBlock(
    int number,
    long offset,
    long wallMs,
    long firstRecord,
    int records,
    int storedBytes,
    boolean damaged) {}
