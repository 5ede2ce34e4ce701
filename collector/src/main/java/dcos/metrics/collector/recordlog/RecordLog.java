// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recordlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.container.BlockHeader;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListJson;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageEncoder;
import dcos.metrics.collector.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * Says records as lines of JSON, and their bytes as {@code hexdump -C} does: each record as it
 * comes in, whatever its verdict, and each as it leaves, with the tags that were added. A record at
 * a time, since a block of them takes many times its size as text. Thread-safe; the lines of a
 * block stay together.
 */
public final class RecordLog {
  private static final JsonFactory JSON = new JsonFactory();

  private final Settings.RecordLogs settings;
  private final MessageEncoder encoder;
  private final Consumer<String> out;

  /**
   * @param out takes each line, without its end; called by one thread at a time
   */
  public RecordLog(Settings.RecordLogs settings, MessageEncoder encoder, Consumer<String> out) {
    this.settings = settings;
    this.encoder = encoder;
    this.out = out;
  }

  /** A block that came in. */
  public void in(String source, RecordBlock block) {
    if (settings.input() || settings.inputHexdump()) {
      logIn(source, block);
    }
  }

  /** A message that goes out. */
  public void out(Message message) {
    if (settings.output() || settings.outputHexdump()) {
      logOut(message);
    }
  }

  private synchronized void logIn(String source, RecordBlock block) {
    RecordCursor record = block.cursor();
    while (record.next()) {
      int length = record.end() - record.start();
      if (settings.input()) {
        out.accept("RECORD IN: " + json("source", source, block.bytes(), record.start(), length));
      }
      if (settings.inputHexdump()) {
        HexDump.print(block.bytes(), record.start(), length, out);
      }
    }
  }

  private synchronized void logOut(Message message) {
    byte[] container = encoder.encode(message);
    if (settings.output()) {
      RecordBlock block = onlyBlock(container);
      RecordCursor record = block.cursor();
      while (record.next()) {
        int length = record.end() - record.start();
        out.accept(
            "RECORD OUT: "
                + json("kafka_topic", message.topic(), block.bytes(), record.start(), length));
      }
    }
    if (settings.outputHexdump()) {
      HexDump.print(container, 0, container.length, out);
    }
  }

  private static RecordBlock onlyBlock(byte[] container) {
    ContainerLimits limits = new ContainerLimits(container.length, container.length);
    try (ContainerReader reader =
        new ContainerReader(new ByteArrayInputStream(container), limits)) {
      reader.readHeader();
      BlockHeader blockHeader = reader.nextBlockHeader();
      if (blockHeader == null) {
        throw new IllegalStateException("a message of our own has no block");
      }
      return reader.readBlock(blockHeader);
    } catch (IOException e) {
      throw new UncheckedIOException("a message of our own does not read", e);
    }
  }

  private static String json(String key, String value, byte[] bytes, int offset, int length) {
    MetricList record =
        MetricListCodec.decode(new RecordBlock(bytes, offset, length, 1)).getFirst();
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
