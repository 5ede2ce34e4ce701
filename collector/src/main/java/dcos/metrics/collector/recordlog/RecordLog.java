// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recordlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.ContainerLimits;
import dcos.metrics.codec.ContainerReader;
import dcos.metrics.codec.MetricListJson;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.codec.RecordCursor;
import dcos.metrics.collector.message.Delivery;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints records as lines of JSON, and their bytes as {@code hexdump -C} does: each record as it
 * comes in, whatever its verdict, and each as it leaves, with the tags that were added.
 * Thread-safe; the lines of a block stay together.
 */
public final class RecordLog {
  private static final JsonFactory JSON = new JsonFactory();

  private final Settings.RecordLogs settings;
  private final Delivery.Encoder encoder;
  private final PrintStream out;

  public RecordLog(Settings.RecordLogs settings, Delivery.Encoder encoder, PrintStream out) {
    this.settings = settings;
    this.encoder = encoder;
    this.out = out;
  }

  /** A block that came in. */
  public void in(String source, RecordBlock block) {
    if (!settings.input() && !settings.inputHexdump()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    if (settings.input()) {
      for (MetricList record : MetricLists.decode(block)) {
        text.append("RECORD IN: ").append(json("source", source, record)).append('\n');
      }
    }
    if (settings.inputHexdump()) {
      RecordCursor record = block.cursor();
      while (record.next()) {
        text.append(HexDump.of(block.bytes(), record.start(), record.end() - record.start()));
      }
    }
    out.print(text);
  }

  /** A message that goes out. */
  public void out(Message message) {
    if (!settings.output() && !settings.outputHexdump()) {
      return;
    }
    byte[] container = encoder.encode(message);
    StringBuilder text = new StringBuilder();
    if (settings.output()) {
      for (MetricList record : records(container)) {
        text.append("RECORD OUT: ")
            .append(json("kafka_topic", message.topic(), record))
            .append('\n');
      }
    }
    if (settings.outputHexdump()) {
      text.append(HexDump.of(container, 0, container.length));
    }
    out.print(text);
  }

  private static List<MetricList> records(byte[] container) {
    ContainerLimits limits = new ContainerLimits(container.length, container.length);
    List<MetricList> records = new ArrayList<>();
    try (ContainerReader reader =
        new ContainerReader(new ByteArrayInputStream(container), limits)) {
      reader.readHeader();
      for (var frame = reader.nextFrame(); frame != null; frame = reader.nextFrame()) {
        records.addAll(MetricLists.decode(reader.readBlock(frame)));
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException("a message of our own does not read", e);
    }
  }

  private static String json(String key, String value, MetricList record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField(key, value);
      MetricListJson.writeFields(json, record);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a string", e);
    }
    return text.toString();
  }
}
