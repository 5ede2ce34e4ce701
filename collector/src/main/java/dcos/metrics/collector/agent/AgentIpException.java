// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.log.ProgramLog;

/** The agent's IP address was not found; the message is one line naming the option. */
public final class AgentIpException extends Exception {
  private static final long serialVersionUID = 1L;

  AgentIpException(String command, String reason) {
    super("agent-ip-command \"" + ProgramLog.masked(command) + "\" " + reason);
  }
}
