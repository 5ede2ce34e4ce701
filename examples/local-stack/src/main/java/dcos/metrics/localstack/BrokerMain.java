// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

/** A {@link LocalBroker} as a program. */
public final class BrokerMain {
  private BrokerMain() {}

  /** Takes the port and the file to write it to; runs until a signal. */
  public static void main(String[] arguments) throws Exception {
    var parsed = Programs.Arguments.parse("broker", arguments);
    Programs.serve(parsed, LocalBroker.builder().port(parsed.port()).start());
  }
}
