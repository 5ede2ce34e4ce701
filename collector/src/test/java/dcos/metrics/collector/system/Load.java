// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.system;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.testing.Streams;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** Records that can be told apart, each known by its number alone, and a sender for them. */
final class Load {
  private static final int DATAPOINTS = 20;

  private Load() {}

  /** The record of this number. */
  static MetricList record(String topic, int number) {
    List<Datapoint> datapoints = new ArrayList<>(DATAPOINTS);
    for (int i = 0; i < DATAPOINTS; i++) {
      long measured = (long) number * DATAPOINTS + i;
      datapoints.add(
          new Datapoint("load.figure." + i, 1_700_000_000_000L + measured, measured * 0.125 - 7));
    }
    return new MetricList(
        topic,
        List.of(new Tag("number", Integer.toString(number)), new Tag("host", "a1")),
        datapoints);
  }

  /**
   * Sends records {@code from} to {@code to} (exclusive) over one connection, as fast as it takes
   * them.
   */
  static void send(int port, String topic, int from, int to) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        var writer = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.create(MetricList.getClassSchema(), out);
      for (int number = from; number < to; number++) {
        writer.append(record(topic, number));
      }
    }
  }

  /**
   * Sends records from 0 on over one connection, in a container for each codec, one container after
   * the other.
   */
  static void sendContainers(int port, String topic, int recordsEach, List<CodecFactory> codecs)
      throws IOException {
    int next = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (CodecFactory codec : codecs) {
        List<MetricList> records = new ArrayList<>();
        for (int i = 0; i < recordsEach; i++) {
          records.add(record(topic, next));
          next++;
        }
        socket.getOutputStream().write(Streams.container(records, codec, 100));
      }
    }
  }
}
