// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * A client that sends exactly what it is given, and reads only in its read methods. Not
 * thread-safe.
 */
final class RawClient implements AutoCloseable {
  private final Socket socket = new Socket();

  /**
   * Connects.
   *
   * @param receiveBytes the size of the receive buffer, which a client that does not read fills
   */
  RawClient(int port, int receiveBytes) throws IOException {
    socket.setReceiveBufferSize(receiveBytes);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static RawClient connect(int port) throws IOException {
    return new RawClient(port, 4096);
  }

  /** Connects, sends, and reads the answer to its end. */
  static String exchange(int port, String request) throws IOException {
    try (RawClient client = connect(port)) {
      client.send(request);
      return client.readAll();
    }
  }

  static String get(int port, String path) throws IOException {
    return exchange(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  void send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  void sendGet(String path) throws IOException {
    send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  /** The next byte, or -1 at the end: also where the server has reset the connection. */
  int read() throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException e) {
      if (String.valueOf(e.getMessage()).contains("reset")) {
        return -1;
      }
      throw e;
    }
  }

  /** Everything until the server closes or resets the connection. */
  String readAll() throws IOException {
    var read = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(read);
    } catch (SocketException e) {
      if (!String.valueOf(e.getMessage()).contains("reset")) {
        throw e;
      }
    }
    return read.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
