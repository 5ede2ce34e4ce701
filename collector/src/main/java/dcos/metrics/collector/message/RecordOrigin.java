// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Ledger;
import java.util.List;

/**
 * Where the records of one array came from: the accounts of the ledger that they count in, and the
 * blocks that they arrived in. Records are numbered from 0, in the order of the array.
 */
public sealed interface RecordOrigin permits BlockRecordOrigin, BufferRecordOrigin {

  /**
   * Adds the block ranges of {@code records} records from {@code first} on to {@code to}, in their
   * order. Adds none for records that arrived while no listener was attached.
   */
  void addRanges(int first, int records, List<RecordRange> to);

  /**
   * Adds what the ledger settles for these records to {@code to}: one posting for each sequence of
   * records of the same account.
   *
   * @param first how many records of the array come before {@code records}
   */
  void addPostings(int first, RecordBlock records, List<Ledger.Posting> to);
}
