// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.testing.StandardError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AcceptorTest {
  private final AtomicBoolean exhausted = new AtomicBoolean(true);
  private final BlockingQueue<Socket> taken = new LinkedBlockingQueue<>();

  @Test
  void makesRoomWhenNoConnectionCanBeAccepted() throws Exception {
    var server =
        new ServerSocket() {
          @Override
          public Socket accept() throws IOException {
            Socket accepted = super.accept();
            if (exhausted.get()) {
              accepted.close();
              throw new SocketException("Too many open files");
            }
            return accepted;
          }
        };
    var acceptor =
        new Acceptor(
            new Endpoint("127.0.0.1", 0),
            taken::add,
            () -> exhausted.compareAndSet(true, false),
            server);
    acceptor.bind(10);
    try (StandardError err = StandardError.captured()) {
      acceptor.start();
      connect(server).close();

      err.awaitLine("no connection accepted; retrying.*cause=\"Too many open files\" freed=true");
      try (Socket sender = connect(server);
          Socket accepted = taken.take()) {
        assertThat(accepted.getPort()).isEqualTo(sender.getLocalPort());
      }
    } finally {
      acceptor.close();
      acceptor.awaitEnd(Duration.ofSeconds(10));
    }
  }

  private static Socket connect(ServerSocket server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
  }
}
