// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.RecordEncoder.Gauge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {
  private final RecordEncoder encoder = new RecordEncoder();
  private final Map<String, String> tags = new LinkedHashMap<>();

  @Test
  void encodesWhatDecodesToTheSame() {
    tags.put("k", "v");
    tags.put("\u00e4", "");
    encoder.add(
        "t\u20ac", tags, 1_700_000_000_123L, List.of(new Gauge("a", -0.5), new Gauge("", 2)));
    encoder.add("", Map.of(), -1, List.of());
    assertThat(encoder.records()).isEqualTo(2);

    assertThat(MetricListCodec.decode(encoder.toBlock()))
        .containsExactly(
            new MetricList(
                "t\u20ac",
                List.of(new Tag("k", "v"), new Tag("\u00e4", "")),
                List.of(
                    new Datapoint("a", 1_700_000_000_123L, -0.5),
                    new Datapoint("", 1_700_000_000_123L, 2.0))),
            new MetricList("", List.of(), List.of()));
  }

  @Test
  void beginsAnewAfterABlock() {
    encoder.add("a", tags, 0, List.of());
    RecordBlock first = encoder.toBlock();
    encoder.add("b", tags, 0, List.of());

    assertThat(first.records()).isOne();
    assertThat(MetricListCodec.decode(encoder.toBlock()))
        .containsExactly(new MetricList("b", List.of(), List.of()));
    assertThat(encoder.toBlock().length()).isZero();
  }

  @Test
  void encodesTagsAsABlockOfAnArray() {
    assertThat(RecordEncoder.tagBlock(tags)).isEmpty();

    tags.put("k", "v");
    tags.put("l", "");

    assertThat(RecordEncoder.tagBlock(tags)).containsExactly(4, 2, 'k', 2, 'v', 2, 'l', 0);
  }
}
