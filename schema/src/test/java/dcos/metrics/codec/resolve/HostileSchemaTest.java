// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static dcos.metrics.codec.testing.ForeignSchemas.DATAPOINTS;
import static dcos.metrics.codec.testing.ForeignSchemas.TAGS;
import static dcos.metrics.codec.testing.ForeignSchemas.TOPIC;
import static dcos.metrics.codec.testing.ForeignSchemas.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.container.StreamHeader;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schemas that are none, that are none of ours, or that are made to do harm. */
class HostileSchemaTest {
  @Test
  void refusesSchemasThatDoNotResolve() {
    refuses(
        "\"string\"",
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found string, expecting dcos.metrics.MetricList");
    refuses(
        record(TOPIC, TAGS),
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found dcos.metrics.MetricList, expecting dcos.metrics.MetricList, "
            + "missing required field datapoints");
    refuses(
        record(TOPIC.replace("\"string\"", "\"int\""), TAGS, DATAPOINTS),
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found int, expecting string");
    refuses(
        "[\"null\",\"int\"]",
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found null, expecting dcos.metrics.MetricList");
    refuses(
        "[]", "unsupported schema: it does not resolve to dcos.metrics.MetricList: an empty union");
  }

  @Test
  void refusesTextThatIsNoSchemaInOneLine() {
    for (String text :
        List.of(
            "",
            "{",
            "nonsense",
            "{\"type\":\n\n\"nonsense\"}",
            "{\"type\":\"record\"}",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}",
            "{\"type\":\"record\",\"name\":\"1bad\",\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"Nope\"}]}",
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[1,2]}",
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":{}}",
            "[[\"null\"]]",
            "{\"type\":\"array\"}",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":7}",
            "{\"type\":\"record\",\"name\":\"\",\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\".\",\"fields\":[]}",
            "null",
            "7",
            "\"" + "x".repeat(5000) + "\"",
            MetricListSchema.TEXT + MetricListSchema.TEXT)) {
      assertThatThrownBy(() -> header(text))
          .as(text)
          .isInstanceOf(MalformedContainerException.class)
          .satisfies(
              e -> assertThat(e.getMessage()).startsWith("invalid schema: ").hasSizeLessThan(260))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }

  @Test
  void refusesJsonThatNestsTooDeeply() {
    refuses("[".repeat(60_000), "invalid schema: its JSON nests deeper than 64");
    refuses(
        "{\"type\":".repeat(6_000) + "\"int\"" + "}".repeat(6_000),
        "invalid schema: its JSON nests deeper than 64");
  }

  @Test
  void takesBracketsInTextForText() throws IOException {
    String schema =
        MetricListSchema.TEXT.replaceFirst("\\{", "{\"doc\":\"" + "[".repeat(100) + "\\\\\\\"{\",");

    assertThat(header(schema).rewritten()).isFalse();
  }

  @Test
  void refusesTypesThatNestTooDeeplyByTheirNames() {
    // Each type names the next one, which is defined behind it: the text itself is flat.
    var types = new StringBuilder("\"null\"");
    for (int i = 0; i < 800; i++) {
      types
          .append(",{\"type\":\"record\",\"name\":\"R")
          .append(i)
          .append("\",\"fields\":[{\"name\":\"a\",\"type\":\"R")
          .append(i + 1)
          .append("\"}]}");
    }
    types.append(",{\"type\":\"record\",\"name\":\"R800\",\"fields\":[]}");
    String first = "{\"name\":\"x\",\"type\":\"R0\"}";
    String second = "{\"name\":\"y\",\"type\":[" + types + "]}";

    refuses(
        record(first, second, TOPIC, TAGS, DATAPOINTS),
        "invalid schema: its types nest deeper than 64");
  }

  @Test
  void takesLittleTimeForTypesThatDoubleAtEachLevel() throws IOException {
    // Written out, the last type would have 2^50 ints.
    var types = new StringBuilder("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
    for (int i = 1; i <= 50; i++) {
      String before = "\"R" + (i - 1) + '"';
      types
          .append(",{\"type\":\"record\",\"name\":\"R")
          .append(i)
          .append("\",\"fields\":[{\"name\":\"a\",\"type\":")
          .append(before)
          .append("},{\"name\":\"b\",\"type\":")
          .append(before)
          .append("}]}");
    }
    String extra = "{\"name\":\"x\",\"type\":[" + types + "]}";
    byte[] theirs = new BinaryWriter().number(50).bytes(BinaryWriter.record("t")).toBytes();

    assertThat(
            ContainerStreams.recordBytes(
                BinaryWriter.header(record(extra, TOPIC, TAGS, DATAPOINTS), "")
                    .block(1, theirs)
                    .toBytes()))
        .isEqualTo(BinaryWriter.record("t"));
  }

  private static StreamHeader header(String schema) throws IOException {
    try (var reader =
        new ContainerReader(
            new ByteArrayInputStream(BinaryWriter.header(schema, "").toBytes()),
            ContainerStreams.LIMITS)) {
      return reader.readHeader();
    }
  }

  private static void refuses(String schema, String reason) {
    assertThatThrownBy(() -> header(schema))
        .isInstanceOf(MalformedContainerException.class)
        .extracting(e -> ((MalformedContainerException) e).reason())
        .isEqualTo(reason);
  }
}
