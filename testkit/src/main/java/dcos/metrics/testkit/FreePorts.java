// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports to listen on, today and after a restart. They lie below those that systems give to outgoing
 * connections (from 32768 up): from there, a client that tries a closed port of its own machine
 * again and again sooner or later connects to itself, and the port is taken.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;

  private FreePorts() {}

  /** A port of 127.0.0.1 that nobody listens on. */
  public static int pick() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + END);
  }

  public static void requireFree(int port) {
    if (!isFree(port)) {
      throw new IllegalStateException("port " + port + " of 127.0.0.1 is taken");
    }
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      // As a server does: connections that linger after a stop are no reason to refuse.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (IOException _) { // The answer, not a failure.
      return false;
    }
  }
}
