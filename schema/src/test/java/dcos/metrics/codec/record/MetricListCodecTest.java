// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.testing.BinaryWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricListCodecTest {
  @Test
  void encodesAndDecodes() {
    List<MetricList> records =
        List.of(
            new MetricList("t", List.of(new Tag("k", "v")), List.of()),
            new MetricList("ü", List.of(), List.of(new Datapoint("n", Long.MIN_VALUE, -0.0))));

    RecordBlock block = MetricListCodec.encode(records);

    assertThat(block.records()).isEqualTo(2);
    assertThat(MetricListCodec.decode(block)).isEqualTo(records);
  }

  @Test
  void decodesAPartOfAnArray() {
    byte[] bytes = new BinaryWriter().raw(9).bytes(BinaryWriter.record("t")).raw(9).toBytes();

    assertThat(MetricListCodec.decode(new RecordBlock(bytes, 1, 4, 1)))
        .containsExactly(new MetricList("t", List.of(), List.of()));
  }

  @Test
  void decodesInvalidUtf8AsTheReplacementCharacter() {
    byte[] bytes = new BinaryWriter().text(new byte[] {'t', -1}).raw(0, 0).toBytes();

    assertThat(MetricListCodec.decode(new RecordBlock(bytes, 0, bytes.length, 1)))
        .containsExactly(new MetricList("t\ufffd", List.of(), List.of()));
  }

  @Test
  void reportsThatABlockWasNotWhatItSaid() {
    byte[] bytes = {10, 0};
    var block = new RecordBlock(bytes, 0, 2, 1);

    assertThatThrownBy(() -> MetricListCodec.decode(block))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("truncated text: 1 of 5 bytes");
  }
}
