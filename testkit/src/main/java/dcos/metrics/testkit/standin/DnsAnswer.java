// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import java.net.Inet6Address;
import java.net.InetAddress;

/** A record that a name has. */
sealed interface DnsAnswer {
  /** The record's type on the wire. */
  int type();

  record Srv(int priority, int weight, int port, String target) implements DnsAnswer {
    @Override
    public int type() {
      return DnsMessage.SRV;
    }
  }

  record Address(InetAddress address) implements DnsAnswer {
    @Override
    public int type() {
      return address instanceof Inet6Address ? DnsMessage.AAAA : DnsMessage.A;
    }
  }
}
