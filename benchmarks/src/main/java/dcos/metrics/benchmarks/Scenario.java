// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the collector is put under. Records have 20 datapoints, but the largest. */
enum Scenario {
  // The limits on input and output as they are unless they are set: most is dropped, and said.
  DEFAULTS(8, 1, "null", Scenario.ORDINARY_BLOCK, true, true),
  DEFAULTS_AWAY(8, 1, "null", Scenario.ORDINARY_BLOCK, false, true),
  DEFAULTS_TOPICS_20000(8, 20_000, "null", Scenario.ORDINARY_BLOCK, true, true),
  // No limits.
  SATURATED(4, 1, "null", Scenario.ORDINARY_BLOCK, true, false),
  SATURATED_AWAY(4, 1, "null", Scenario.ORDINARY_BLOCK, false, false),
  TOPICS_20000(4, 20_000, "null", Scenario.ORDINARY_BLOCK, true, false),
  TOPICS_20000_AWAY(4, 20_000, "null", Scenario.ORDINARY_BLOCK, false, false),
  BLOCKS_4MB(4, 1, "null", Scenario.LARGEST_BLOCK, true, false),
  BLOCKS_4MB_DEFLATE(4, 1, "deflate", Scenario.LARGEST_BLOCK, true, false),
  BLOCKS_4MB_ZSTANDARD(4, 1, "zstandard", Scenario.LARGEST_BLOCK, true, false),
  BLOCKS_4MB_AWAY(4, 1, "null", Scenario.LARGEST_BLOCK, false, false),
  // Five records of five topics in each block.
  BLOCKS_SMALL(4, 5, "null", Scenario.SMALLEST_BLOCK, true, false),
  BLOCKS_SMALL_AWAY(4, 5, "null", Scenario.SMALLEST_BLOCK, false, false),
  SATURATED_RECORDED(4, 1, "null", Scenario.ORDINARY_BLOCK, true, false),
  // From a sender whose schema has one more field, as after a change of metrics.avsc.
  SATURATED_REWRITTEN(4, 1, "null", Scenario.ORDINARY_BLOCK, true, false),
  SATURATED_HOSTILE(4, 1, "null", Scenario.ORDINARY_BLOCK, true, false),
  RECORDS_4MB(6, 1, "null", Scenario.LARGEST_BLOCK, true, false),
  CONNECTIONS_1000(1000, 1, "null", Scenario.SMALL_BLOCK, true, false);

  /** What the Avro library's writers make of themselves. */
  private static final int ORDINARY_BLOCK = 64_000;

  private static final int LARGEST_BLOCK = 4 << 20;
  private static final int SMALL_BLOCK = 8_000;
  private static final int SMALLEST_BLOCK = 5_000;
  private static final int DATAPOINTS = 20;
  private static final int LARGEST_RECORD_DATAPOINTS = 85_000;
  private static final int TAGS = 3;
  private static final int RECORD_BYTES = 900;

  private final int senders;
  private final int topics;
  private final String codec;
  private final int blockBytes;
  private final boolean kafka;
  private final boolean limited;

  Scenario(int senders, int topics, String codec, int blockBytes, boolean kafka, boolean limited) {
    this.senders = senders;
    this.topics = topics;
    this.codec = codec;
    this.blockBytes = blockBytes;
    this.kafka = kafka;
    this.limited = limited;
  }

  /** As it is asked for. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<Scenario> named(List<String> titles) {
    List<String> known = Arrays.stream(values()).map(Scenario::title).toList();
    for (String title : titles) {
      if (!known.contains(title)) {
        throw new IllegalArgumentException(
            "no scenario " + title + ", there are all, listening, " + String.join(", ", known));
      }
    }
    return Arrays.stream(values())
        .filter(scenario -> titles.contains(scenario.title()))
        .collect(Collectors.toList());
  }

  int senders() {
    return senders;
  }

  /** Whether there is a broker. */
  boolean hasKafka() {
    return kafka;
  }

  /** Whether the limits are the defaults; otherwise there are none. */
  boolean isLimited() {
    return limited;
  }

  /** Whether others send what no sender should. */
  boolean isHostile() {
    return this == SATURATED_HOSTILE;
  }

  /** Whether everything is recorded into files. */
  boolean isRecorded() {
    return this == SATURATED_RECORDED;
  }

  /** Between two blocks of a sender. */
  Duration pause() {
    return senders > 100 ? Duration.ofSeconds(1) : Duration.ZERO;
  }

  SampleStream stream() {
    if (this == RECORDS_4MB) {
      return SampleStream.of(
          SampleRecords.records("load", topics, 2, TAGS, LARGEST_RECORD_DATAPOINTS),
          codec,
          blockBytes);
    }
    SampleStream stream = ordinaryStream();
    return this == SATURATED_REWRITTEN ? stream.withAnotherField() : stream;
  }

  private SampleStream ordinaryStream() {
    int records = Math.max(Math.max(topics, blockBytes / RECORD_BYTES), 2_000);
    return SampleStream.of(
        SampleRecords.records("load", topics, records, TAGS, DATAPOINTS), codec, blockBytes);
  }
}
