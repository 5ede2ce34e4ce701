// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.broker;

import dcos.metrics.testkit.ServerProgram;

/** A {@link LocalBroker} as a program. */
public final class BrokerProgram {
  private BrokerProgram() {}

  /** Takes the port and the file to write it to; runs until a signal. */
  public static void main(String[] arguments) throws Exception {
    var parsed = ServerProgram.Arguments.parse("broker", arguments);
    ServerProgram.serve(parsed, LocalBroker.builder().port(parsed.port()).start());
  }
}
