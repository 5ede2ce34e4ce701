// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import dcos.metrics.MetricList;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Files of all kinds, and recordings that are opened from them. */
abstract class OpenedFiles {
  @TempDir Path folder;
  final Happened happened = new Happened();
  final List<Recording> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Recording::close);
  }

  Recording open(Path... files) throws IOException {
    Recording recording =
        Recording.open(List.of(files), RecordingLimits.DEFAULT, folder.resolve("tmp"));
    opened.add(recording);
    recording.start();
    Await.until("all is read", recording::isSettled);
    return recording;
  }

  Path recording(String name, Event... events) throws IOException {
    Path path = folder.resolve(name);
    try (var writer = new EventWriter(Files.newOutputStream(path))) {
      for (Event event : events) {
        writer.write(event);
      }
    }
    return path;
  }

  Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** The last block's length, its marker included; blocks are alike. */
  static int blockBytes() throws IOException {
    byte[] one =
        container(Happened.records("web", 30, 1).subList(20, 30), CodecFactory.nullCodec(), 10);
    byte[] none = container(List.of(), CodecFactory.nullCodec(), 10);
    return one.length - none.length;
  }

  static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  static byte[] container(List<MetricList> records, CodecFactory codec, int perBlock)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(codec);
      writer.setSyncInterval(1 << 20);
      writer.create(MetricList.getClassSchema(), bytes);
      for (int i = 0; i < records.size(); i++) {
        writer.append(records.get(i));
        if ((i + 1) % perBlock == 0) {
          writer.sync();
        }
      }
    }
    return bytes.toByteArray();
  }
}
