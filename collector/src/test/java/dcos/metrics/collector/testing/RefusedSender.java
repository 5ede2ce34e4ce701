// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * A sender whose connection the other side closes. Where it does so with bytes unread, or while
 * some are on their way, the system says so by a reset, at the next read or already at a write:
 * that is closed too.
 */
public final class RefusedSender {
  private RefusedSender() {}

  /** Sends, and returns when the other side has closed, be it in the middle of that. */
  public static void sendUntilClosed(Socket sender, byte[] bytes) throws IOException {
    try {
      sender.getOutputStream().write(bytes);
    } catch (SocketException e) {
      assertThat(e).hasMessageMatching("Connection reset( by peer)?|Broken pipe");
      return;
    }
    awaitClosed(sender);
  }

  /**
   * Returns when the other side has closed.
   *
   * @throws java.net.SocketTimeoutException if it does not within the socket's timeout
   */
  public static void awaitClosed(Socket sender) throws IOException {
    try {
      assertThat(sender.getInputStream().read()).as("what the other side sent").isNegative();
    } catch (SocketException e) {
      assertThat(e).hasMessage("Connection reset");
    }
  }
}
