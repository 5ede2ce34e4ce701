// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

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
 * @param length of the body, as it was sent
 * @param damaged whether it does not hold the records that it says
 */
record BlockRef(
    int number,
    long id,
    int source,
    long offset,
    long wallMs,
    long nanos,
    int records,
    long firstRecord,
    BlockBytes file,
    long position,
    int length,
    boolean damaged) {
  byte[] read() throws IOException {
    return file.read(position, length);
  }
}
