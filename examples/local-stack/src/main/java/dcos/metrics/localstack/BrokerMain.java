// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

import dcos.metrics.testkit.broker.BrokerProgram;

/** The broker of the local stack. */
public final class BrokerMain {
  private BrokerMain() {}

  /** Takes the port and the file to write it to; runs until a signal. */
  public static void main(String[] arguments) throws Exception {
    BrokerProgram.main(arguments);
  }
}
