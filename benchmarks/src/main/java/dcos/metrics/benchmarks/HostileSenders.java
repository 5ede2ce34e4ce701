// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.codec.binary.EncodedBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections that come again and again, one every few milliseconds, with what no sender should
 * send: text, a container cut short, a block that claims 2 GB, and one that begins a block of 4 MB
 * and stalls; as many of the last as fit stay open. Thread-safe.
 */
final class HostileSenders implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int MAX_STALLED = 20;

  private final int port;
  private final List<byte[]> attacks;
  private final byte[] stalling;
  private final Thread thread = Thread.ofPlatform().name("hostile").unstarted(this::run);
  // Hostile thread only, until it has ended.
  private final List<Socket> stalled = new ArrayList<>();
  private volatile boolean closed;

  HostileSenders(int port, SampleStream stream) {
    this.port = port;
    byte[] header = stream.header();
    byte[] cut = concat(header, stream.blocks().getFirst().bytes());
    this.attacks =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".repeat(200).getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(cut, cut.length / 2),
            concat(header, frame(1, 1L << 31)));
    this.stalling = concat(header, frame(1, 4_000_000));
  }

  void start() {
    thread.start();
  }

  private void run() {
    for (int i = 0; !closed; i++) {
      try {
        attack(i % (attacks.size() + 1));
      } catch (IOException _) {
        // It is what the collector is to do: close the connection.
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void attack(int number) throws IOException {
    if (number < attacks.size()) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(attacks.get(number));
      }
    } else if (stalled.size() < MAX_STALLED) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      stalled.add(socket);
      socket.getOutputStream().write(stalling);
    }
  }

  private static byte[] frame(long records, long bytes) {
    var frame = new EncodedBytes();
    frame.putLong(records);
    frame.putLong(bytes);
    return frame.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(); // at once where it was never started
      for (Socket socket : stalled) {
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // The collector was quicker.
    }
  }
}
