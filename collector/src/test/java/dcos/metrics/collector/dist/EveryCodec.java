// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.apache.avro.file.CodecFactory;

/** Streams in every codec that the collector supports. */
final class EveryCodec {
  private static final int RECORDS_EACH = 200;

  /** How many records {@link #send} sends. */
  static final int RECORDS = RECORDS_EACH * Streams.CODECS.size();

  private EveryCodec() {}

  /** Sends a stream for each codec, one after the other, each over a separate connection. */
  static void send(int port, String topic) throws IOException {
    for (CodecFactory codec : Streams.CODECS) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket
            .getOutputStream()
            .write(Streams.container(Records.many(topic, RECORDS_EACH, 20), codec, 50));
      }
    }
  }
}
