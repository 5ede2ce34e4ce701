// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server that closes does to its connections. */
@Timeout(60)
class HttpServerCloseTest {
  private final CountDownLatch answering = new CountDownLatch(2);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void release() {
    released.countDown();
  }

  @Test
  void closesConnectionsWhoseAnswersDoNotEnd() throws Exception {
    HttpServer server = start(new ServerSocket());
    try (RawClient first = RawClient.connect(server.port());
        RawClient second = RawClient.connect(server.port())) {
      first.sendGet("/endless");
      second.sendGet("/endless");
      answering.await();

      server.close();

      var ends = List.of(reading(first), reading(second));
      Await.until("both are closed", () -> ends.stream().allMatch(FutureTask::isDone));
    }
  }

  @Test
  void closesAConnectionThatIsAcceptedDuringTheClose() throws Exception {
    var listening = new LateSocket(Thread.currentThread());
    HttpServer server = start(listening);
    try (RawClient client = RawClient.connect(server.port())) {
      listening.accepted.await();

      server.close();

      assertThat(listening.returned).isTrue();
      assertThat(server.connections()).isZero();
      assertThat(client.read()).isEqualTo(-1);
    }
  }

  private HttpServer start(ServerSocket listening) throws IOException {
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    var hosts = new AllowedHosts(new Endpoint("127.0.0.1", 0), List.of());
    var routes = new Routes(Map.of("/endless", _ -> new Endless()), hosts);
    var server =
        new HttpServer(
            listening, routes, HttpConnections.MAX, HttpDeadlines.DEFAULT, System::nanoTime);
    server.start();
    return server;
  }

  private static FutureTask<String> reading(RawClient client) {
    var reading = new FutureTask<>(client::readAll);
    Thread.ofVirtual().start(reading);
    return reading;
  }

  /** An answer that ends neither with its connection nor with its server. */
  private final class Endless implements Page.PageAnswer {
    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public void writeTo(OutputStream out) {
      answering.countDown();
      boolean ended = false;
      while (!ended) {
        try {
          released.await();
          ended = true;
        } catch (InterruptedException _) {
          // It does not end for that.
        }
      }
    }
  }

  /** Hands a connection over when a thread that closes it waits for that. */
  private final class LateSocket extends ServerSocket {
    private final Thread closing;
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final AtomicBoolean returned = new AtomicBoolean();

    private LateSocket(Thread closing) throws IOException {
      this.closing = closing;
    }

    @Override
    public Socket accept() throws IOException {
      Socket socket = super.accept();
      accepted.countDown();
      Await.until(
          "a wait for this thread",
          () ->
              released.getCount() == 0
                  || (isClosed() && closing.getState() == Thread.State.TIMED_WAITING));
      returned.set(true);
      return socket;
    }
  }
}
