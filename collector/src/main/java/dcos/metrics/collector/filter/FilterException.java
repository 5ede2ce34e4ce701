// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

/** A text that is no filter: why, and where. */
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1;

  private final int start;
  private final int end;

  /**
   * @param advice what is allowed instead; may be empty
   */
  FilterException(String problem, String advice, int start, int end) {
    super(problem + " at " + (start + 1) + (advice.isEmpty() ? "" : ", " + advice));
    this.start = start;
    this.end = end;
  }

  /** One line for the user. Positions that it names count from one. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** The first character in question, counted from zero. */
  public int start() {
    return start;
  }

  /** Behind the last character in question; always above {@link #start()}. */
  public int end() {
    return end;
  }
}
