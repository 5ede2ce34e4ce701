// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import java.util.List;
import java.util.Optional;

/** The settings of the collector that a recording is of, as far as it says them. */
public record RecordedSettings(List<String> settings) {
  /** Such as {@code input-limit-amount-kbytes 20480 every 60 s}. */
  public String input() {
    return limit(Options.INPUT_LIMIT_AMOUNT_KBYTES, Options.INPUT_LIMIT_PERIOD);
  }

  /** Such as {@code global-limit-amount-kbytes 40960 every 60 s}. */
  public String global() {
    return limit(Options.GLOBAL_LIMIT_AMOUNT_KBYTES, Options.GLOBAL_LIMIT_PERIOD);
  }

  /**
   * An allowance of bytes for each period.
   *
   * @param bytes 0 is no limit
   */
  public record InputAllowance(long bytes, long seconds) {}

  /** What a connection may send; empty where nobody said. */
  public Optional<InputAllowance> inputAllowance() {
    return number(Options.INPUT_LIMIT_AMOUNT_KBYTES)
        .flatMap(
            kbytes ->
                number(Options.INPUT_LIMIT_PERIOD)
                    .map(seconds -> new InputAllowance(1024 * kbytes, seconds)));
  }

  private Optional<Long> number(Option<?> option) {
    return value(option).filter(text -> text.matches("\\d{1,10}")).map(Long::valueOf);
  }

  private String limit(Option<?> amount, Option<?> period) {
    String every = value(period).map(seconds -> " every " + seconds + " s").orElse("");
    return amount.name() + value(amount).map(kbytes -> " " + kbytes + every).orElse("");
  }

  /** The value of an option as it was given; empty where nobody said. */
  public Optional<String> value(Option<?> option) {
    String before = option.environmentName() + "=";
    return settings.stream()
        .filter(line -> line.startsWith(before))
        .map(line -> line.substring(before.length()))
        .findFirst();
  }
}
