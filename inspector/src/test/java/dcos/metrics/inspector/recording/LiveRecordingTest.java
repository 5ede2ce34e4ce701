// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.testkit.Await;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording of a real pipeline, while it runs. */
class LiveRecordingTest {
  /** As a sender has it that writes other fields, in another order. */
  private static final String FOREIGN =
      """
      {"type":"record","name":"MetricList","namespace":"dcos.metrics","fields":[
        {"name":"host","type":"string"},
        {"name":"datapoints","type":{"type":"array","items":{"type":"record","name":"Datapoint",
          "fields":[{"name":"name","type":"string"},{"name":"value","type":"float"},
                    {"name":"time_ms","type":"long"}]}}},
        {"name":"tags","type":{"type":"array","items":{"type":"record","name":"Tag",
          "fields":[{"name":"key","type":"string"},{"name":"value","type":"string"}]}}},
        {"name":"topic","type":"string"}]}
      """;

  @TempDir Path folder;

  @Test
  void showsWhatThePipelineDidAndCountsAsItsLedgerDoes() throws Exception {
    OptionValues values =
        OptionValues.of(
            Map.of(),
            Map.of("KAFKA", "false", "AGENT_POLLING", "false", "LISTEN_ENDPOINT", "127.0.0.1:0"));
    var pipeline =
        new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
    try (var recording = new Recording(RecordingLimits.DEFAULT, folder)) {
      recording.start();
      try (AutoCloseable _ = pipeline.listen(recording.sink())) {
        pipeline.start();
        send(pipeline, 1000);
        Await.until("the records", () -> recording.recordCount() == 1000);
        pipeline.stop(Duration.ofSeconds(10));
        Await.until("all is taken in", recording::isSettled);
      }

      for (LedgerTerm term : LedgerTerm.values()) {
        assertThat(recording.ledger().records(term))
            .as(term.toString())
            .isEqualTo(pipeline.ledger().total().records(term));
      }
      assertThat(recording.kafka().state()).isEqualTo(CapturedKafka.KafkaAvailability.DRY_RUN);
      assertThat(recording.settings()).contains("KAFKA=false");
      CapturedRecord last = recording.records(999, 1).getFirst();
      assertThat(last.state().outcome()).hasValue(new Outcome.DryRun());
      assertThat(last.kafkaTopic()).isEqualTo("metrics-foreign");
      assertThat(last.metrics().getDatapoints().getFirst().getValue()).isEqualTo(999.0);
      assertThat(recording.recordsOf(last.delivery())).contains(999);
      Series series = recording.series().getFirst();
      assertThat(series.count()).isEqualTo(1000);
      assertThat(series.last()).isEqualTo(999);
      assertThat(recording.detail(999).orElseThrow().streamOffset()).isEqualTo(-1);
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static void send(Pipeline pipeline, int records) throws Exception {
    Schema schema = new Schema.Parser().parse(FOREIGN);
    Schema datapoint = schema.getField("datapoints").schema().getElementType();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), pipeline.endpoint().port());
        OutputStream out = socket.getOutputStream();
        var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.deflateCodec(1));
      writer.create(schema, out);
      for (int i = 0; i < records; i++) {
        GenericRecord point = new GenericData.Record(datapoint);
        point.put("name", "x");
        point.put("value", (float) i);
        point.put("time_ms", 1000L * i);
        GenericRecord record = new GenericData.Record(schema);
        record.put("host", "somewhere");
        record.put("datapoints", List.of(point));
        record.put("tags", List.of());
        record.put("topic", "foreign");
        writer.append(record);
      }
    }
  }
}
