// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that keeps the bytes of every connection. */
final class ReceivedStreams implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<byte[]> received = new CopyOnWriteArrayList<>();

  ReceivedStreams() throws IOException {
    readers.execute(this::accept);
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", server.getLocalPort());
  }

  /** The streams of this many connections, once all have ended. */
  List<byte[]> await(long connections) {
    Await.until(connections + " connections", () -> received.size() == connections);
    return List.copyOf(received);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        readers.execute(() -> read(socket));
      }
    } catch (IOException _) {
      // the test is over
    }
  }

  private void read(Socket socket) {
    try (socket) {
      received.add(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      received.add(String.valueOf(e.getMessage()).getBytes(UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    server.close(); // first, so that nobody waits for it
    readers.close();
  }
}
