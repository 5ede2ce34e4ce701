// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.SingleLine;

/** Thrown for a value that is valid, but for which the reader's schema has nothing. */
final class UnsupportedValueException extends CorruptRecordException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN_CHARS = 200;

  UnsupportedValueException(int index, String reason) {
    super(index, "unsupported value: " + SingleLine.of(reason, SHOWN_CHARS), false);
  }
}
