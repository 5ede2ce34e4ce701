// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.sample;

import dcos.metrics.MetricList;
import dcos.metrics.collector.settings.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** One connection of a service, which may also send what no service should. One thread's. */
final class ServiceStream implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final DataFileWriter<MetricList> container;

  /** Connects, and sends the header. */
  ServiceStream(Endpoint to, CodecFactory codec) throws IOException {
    socket = new Socket(to.host(), to.port());
    out = socket.getOutputStream();
    container = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class));
    container.setCodec(codec);
    container.create(MetricList.getClassSchema(), pending);
    send(pending());
  }

  /** Sends a block. */
  void send(List<MetricList> records) throws IOException {
    send(block(records));
  }

  /** Sends a block whose sync marker is another one from its eighth byte on. */
  void sendBroken(List<MetricList> records) throws IOException {
    byte[] block = block(records);
    for (int i = block.length - 8; i < block.length; i++) {
      block[i] ^= 0x55;
    }
    send(block);
  }

  /** Sends the first half of a block. */
  void sendHalf(List<MetricList> records) throws IOException {
    byte[] block = block(records);
    out.write(block, 0, block.length / 2);
    out.flush();
  }

  private void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private byte[] block(List<MetricList> records) throws IOException {
    for (MetricList record : records) {
      container.append(record);
    }
    container.sync();
    container.flush();
    return pending();
  }

  private byte[] pending() {
    byte[] bytes = pending.toByteArray();
    pending.reset();
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
