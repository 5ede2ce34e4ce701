// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

/** Says that bytes are no {@code MetricList}, and at which index of the array. */
public final class CorruptRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;

  CorruptRecordException(int index, String reason) {
    super(reason);
    this.index = index;
  }

  /** The index into the array at which what is wrong begins. */
  public int index() {
    return index;
  }
}
