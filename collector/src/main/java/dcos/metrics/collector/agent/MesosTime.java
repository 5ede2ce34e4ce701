// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/** Times as Mesos writes them: seconds with a fraction. */
final class MesosTime {
  /** Whole seconds of up to 15 digits fit a long of milliseconds. */
  private static final int MAX_DIGITS = 15;

  private MesosTime() {}

  /**
   * The whole milliseconds of a JSON number of seconds, cut. Of the digits as they were written: a
   * double times 1000 makes 1000 of 1.001, and a millisecond more of 1720000000.00099999.
   *
   * @return empty if no such time can be
   */
  static OptionalLong wholeMillis(String seconds) {
    BigDecimal exact;
    try {
      exact = new BigDecimal(seconds);
    } catch (NumberFormatException _) {
      return OptionalLong.empty(); // an exponent beyond what BigDecimal holds
    }
    long digits = (long) exact.precision() - exact.scale();
    if (digits > MAX_DIGITS) {
      return OptionalLong.empty();
    }
    if (digits < -MAX_DIGITS) {
      return OptionalLong.of(0);
    }
    return OptionalLong.of(exact.movePointRight(3).setScale(0, RoundingMode.DOWN).longValueExact());
  }
}
