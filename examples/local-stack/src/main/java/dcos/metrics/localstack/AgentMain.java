// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.localstack;

import dcos.metrics.testkit.ServerProgram;
import dcos.metrics.testkit.standin.StandInAgent;
import java.time.Clock;

/** A {@link StandInAgent} as a program. */
public final class AgentMain {
  private AgentMain() {}

  /** Takes the port and the file to write it to; runs until a signal. */
  public static void main(String[] arguments) throws Exception {
    var parsed = ServerProgram.Arguments.parse("agent", arguments);
    var agent = new StandInAgent(parsed.port(), null, Clock.systemUTC());
    agent.start();
    ServerProgram.serve(parsed, agent);
  }
}
