// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListSchema;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalFormTest {
  private static final String TEXT = MetricListSchema.TEXT;

  static Stream<String> sameInOtherWords() {
    return Stream.of(
        TEXT,
        MetricList.getClassSchema().toString(),
        MetricList.getClassSchema().toString().replace("\",\"", "\" ,\n\t\""),
        TEXT.replace(
            "\"name\":\"dcos.metrics.MetricList\"",
            "\"namespace\":\"dcos.metrics\",\"name\":\"MetricList\""),
        TEXT.replace("dcos.metrics.Tag", "Tag"),
        TEXT.replace("dcos.metrics.Tag\"", "Tag\",\"namespace\":\"dcos.metrics\""),
        TEXT.replace("\"type\":\"long\"", "\"type\":{\"type\":\"long\",\"logicalType\":\"x\"}"),
        TEXT.replace(
            "\"type\":\"double\"", "\"type\":\"double\",\"default\":0,\"order\":\"ignore\""),
        TEXT.replace("topic", "\\u0074opic"),
        " \n" + TEXT + "\n ");
  }

  @ParameterizedTest
  @MethodSource
  void sameInOtherWords(String text) {
    assertThat(SchemaNormalization.toParsingForm(avro(text))).isEqualTo(TEXT);
    assertThat(CanonicalForm.isOurs(text)).isTrue();
  }

  static Stream<String> others() {
    return Stream.of(
        TEXT.replace("dcos.metrics.Tag", "other.Tag"),
        TEXT.replace("dcos.metrics.Tag\"", "Tag\",\"namespace\":\"\""),
        TEXT.replace("dcos.metrics.MetricList", "MetricList").replace("dcos.metrics.", ""),
        TEXT.replace("topic", "Topic"),
        TEXT.replace("\"long\"", "\"int\""),
        TEXT.replace("\"long\"", "[\"null\",\"long\"]"),
        TEXT.replace("\"double\"}", "\"double\"},{\"name\":\"more\",\"type\":\"int\"}"),
        TEXT.replace("{\"name\":\"key\",\"type\":\"string\"},", ""),
        "\"string\"",
        "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"a\"]}");
  }

  @ParameterizedTest
  @MethodSource
  void others(String text) {
    assertThat(SchemaNormalization.toParsingForm(avro(text))).isNotEqualTo(TEXT);
    assertThat(CanonicalForm.isOurs(text)).isFalse();
  }

  @ParameterizedTest
  @MethodSource
  void noSchema(String text) {
    assertThat(CanonicalForm.isOurs(text)).isFalse();
  }

  static Stream<String> noSchema() {
    return Stream.of(
        "",
        " ",
        "null",
        "7",
        "[]",
        "{}",
        "{",
        TEXT + "}",
        TEXT + TEXT,
        "{\"type\":7}",
        "{\"type\":\"record\",\"type\":\"record\"}",
        "{\"type\":\"array\"}",
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[7]}",
        "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"f\"}]}");
  }

  @Test
  void everyCutOfItIsAnother() {
    for (int end = 0; end < TEXT.length(); end++) {
      assertThat(CanonicalForm.isOurs(TEXT.substring(0, end))).isFalse();
    }
  }

  private static Schema avro(String text) {
    return new Schema.Parser().setValidateDefaults(false).parse(text);
  }
}
