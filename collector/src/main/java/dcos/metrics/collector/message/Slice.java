// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.RecordBlock;

/** Whole records of a held block, which other messages may share; each slice is released once. */
public record Slice(HeldBlock held, RecordBlock records) {
  public void release() {
    held.release();
  }
}
