// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

/** What an option is about; help and the desktop show options by these. */
public enum OptionGroup {
  INPUT("Input"),
  LIMITS("Limits"),
  RECORDS("Records on stderr, or in files"),
  AGENT("Mesos agent"),
  KAFKA("Kafka"),
  MESSAGES("Messages and topics"),
  PROGRAM("The collector itself");

  private final String title;

  OptionGroup(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
