// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

/**
 * Which records of a recording would be lost with it: those that came from elsewhere and are in no
 * file yet.
 *
 * @param saved how many records are in a file
 * @param onLeave what happens to the others when something else takes the place of the recording
 */
public record UnsavedRecords(long saved, OnLeave onLeave) {
  /** Nothing is in a file, and the user was not asked yet. */
  static final UnsavedRecords ALL = new UnsavedRecords(0, OnLeave.ASK);

  /** Whether the user agreed to lose records. */
  public enum OnLeave {
    /** The user is asked first. */
    ASK,
    /** The user was asked, and agreed. */
    DISCARD
  }

  /**
   * Checks the count.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public UnsavedRecords {
    if (saved < 0) {
      throw new IllegalArgumentException("saved must be >= 0, was " + saved);
    }
  }

  UnsavedRecords withSaved(long records) {
    return new UnsavedRecords(records, onLeave);
  }

  UnsavedRecords with(OnLeave answer) {
    return new UnsavedRecords(saved, answer);
  }

  /**
   * What is lost with the recording now.
   *
   * @param records how many the recording has
   */
  LeaveResult leaving(long records) {
    return switch (onLeave) {
      case DISCARD -> new LeaveResult.Lossless();
      case ASK ->
          records > saved ? new LeaveResult.Loses(records - saved) : new LeaveResult.Lossless();
    };
  }
}
