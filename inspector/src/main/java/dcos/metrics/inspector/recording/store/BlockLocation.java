// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import java.io.IOException;

/**
 * Where a block is, and when it came.
 *
 * @param number in the order of arrival, from 0
 * @param id the pipeline's
 * @param source its number here
 * @param offset in its stream, or -1
 * @param records how many
 * @param firstRecord the number of the first
 * @param position as the file knows it
 * @param length of the body, as it was sent; 0 where only the file knows
 * @param damaged whether it does not hold the records that it says
 */
public record BlockLocation(
    int number,
    long id,
    int source,
    long offset,
    long wallMs,
    long nanos,
    int records,
    long firstRecord,
    BlockStore file,
    long position,
    int length,
    boolean damaged) {
  /** Its bytes, as they are stored. */
  public byte[] read() throws IOException {
    return file.read(position, length);
  }
}
