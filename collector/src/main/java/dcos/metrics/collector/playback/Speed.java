// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import java.util.regex.Pattern;

/**
 * How fast something is played back.
 *
 * @param times faster than it was; infinite is as fast as it goes
 */
public record Speed(double times) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  /**
   * Reads a number, or {@code max}.
   *
   * @throws IllegalArgumentException if it is neither: what it must be, for whoever gave it
   */
  public static Speed parse(String text) {
    if (text.equals("max")) {
      return new Speed(Double.POSITIVE_INFINITY);
    }
    if (NUMBER.matcher(text).matches() && Double.parseDouble(text) > 0) {
      return new Speed(Double.parseDouble(text));
    }
    throw new IllegalArgumentException("must be a number above 0, or max");
  }
}
