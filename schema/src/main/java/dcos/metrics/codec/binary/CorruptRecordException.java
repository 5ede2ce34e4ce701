// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.binary;

/** Thrown for bytes that are not valid by their schema; names the index in the array. */
public class CorruptRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final String reason;

  public CorruptRecordException(int index, String reason) {
    this(index, reason, true);
  }

  /**
   * @param withTrace false for what is expected, and may be thrown for every value
   */
  public CorruptRecordException(int index, String reason, boolean withTrace) {
    super(reason, null, false, withTrace);
    this.index = index;
    this.reason = reason;
  }

  /** A block that ended before all its records. */
  public static CorruptRecordException tooFew(int index, int found, int declared) {
    return new CorruptRecordException(
        index, "corrupt number of records: " + declared + " declared, " + found + " found");
  }

  /** A block that goes on behind its records. */
  public static CorruptRecordException tooMany(int index, int end, int declared) {
    return new CorruptRecordException(
        index,
        "corrupt number of records: " + (end - index) + " bytes behind the last of " + declared);
  }

  /** The index into the array at which what is wrong begins. */
  public int index() {
    return index;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }
}
