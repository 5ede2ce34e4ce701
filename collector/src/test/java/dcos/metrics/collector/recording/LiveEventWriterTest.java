// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class LiveEventWriterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void isReadBackAsItWasWritten() throws Exception {
    List<Event> events = new ArrayList<>(SampleEvents.everySymbol());
    events.add(SampleEvents.block(7, LiveEventWriter.BLOCK_BYTES));
    events.add(SampleEvents.block(8, 1 << 20));
    events.addAll(SampleEvents.all());

    assertThat(written(events)).usingRecursiveComparison().isEqualTo(events);
  }

  @Test
  void isAContainerThatTheAvroLibraryReads() throws Exception {
    List<Event> events = new ArrayList<>(SampleEvents.all());
    events.add(SampleEvents.block(8, 1 << 20));
    written(events);

    try (var stream =
        new DataFileStream<>(
            new ByteArrayInputStream(bytes.toByteArray()),
            new GenericDatumReader<GenericRecord>())) {
      assertThat(stream.getMetaString("avro.codec")).isEqualTo("null");
      assertThat((Iterable<GenericRecord>) stream).hasSize(events.size());
    }
  }

  @Test
  void aFlushMakesEverythingReadable() throws Exception {
    var writer = new LiveEventWriter(bytes);
    writer.flush();
    assertThat(read()).isEmpty();

    writer.write(SampleEvents.OPENED);
    assertThat(read()).isEmpty();
    writer.flush();
    assertThat(read()).containsExactly(SampleEvents.OPENED);
  }

  private List<Event> written(List<Event> events) throws IOException {
    var writer = new LiveEventWriter(bytes);
    for (Event event : events) {
      writer.write(event);
    }
    writer.flush();
    return read();
  }

  private List<Event> read() throws IOException {
    List<Event> events = new ArrayList<>();
    try (var reader = EventReader.of(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (Event event = reader.next(); event != null; event = reader.next()) {
        events.add(event);
      }
      assertThat(reader.skippedBlocks()).isZero();
    }
    return events;
  }
}
