// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recordlog;

import static dcos.metrics.collector.settings.Options.RECORD_INPUT_HEXDUMP;
import static dcos.metrics.collector.settings.Options.RECORD_INPUT_LOG;
import static dcos.metrics.collector.settings.Options.RECORD_OUTPUT_HEXDUMP;
import static dcos.metrics.collector.settings.Options.RECORD_OUTPUT_LOG;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.enrich.TaggingEncoder;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.BlockRecordOrigin;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.RecordSlice;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.collector.testing.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordLogTest {
  private static final RecordBlock BLOCK =
      Records.block(
          new MetricList(
              "web\n\"1\"",
              List.of(new Tag("host", "a1")),
              List.of(new Datapoint("cpu", 17L, 0.5), new Datapoint("odd", 18L, Double.NaN))),
          Records.of("db"));

  private final List<String> lines = new ArrayList<>();

  @Test
  void reportsEachRecordThatComesInWithItsSource() {
    log(TestSettings.defaults().with(RECORD_INPUT_LOG, "true")).in("tcp 10.0.0.1:4", BLOCK);

    assertThat(lines)
        .containsExactly(
            "RECORD IN: {\"source\":\"tcp 10.0.0.1:4\",\"topic\":\"web\\n\\\"1\\\"\","
                + "\"tags\":[{\"key\":\"host\",\"value\":\"a1\"}],"
                + "\"datapoints\":[{\"name\":\"cpu\",\"time_ms\":17,\"value\":0.5},"
                + "{\"name\":\"odd\",\"time_ms\":18,\"value\":\"NaN\"}]}",
            "RECORD IN: {\"source\":\"tcp 10.0.0.1:4\",\"topic\":\"db\",\"tags\":[],"
                + "\"datapoints\":[{\"name\":\"a\",\"time_ms\":1,\"value\":1.0}]}");
  }

  @Test
  void reportsEachRecordThatGoesOutWithItsKafkaTopicAndTheTagsThatWereAdded() {
    log(TestSettings.defaults().with(RECORD_OUTPUT_LOG, "true")).out(message());

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast())
        .isEqualTo(
            "RECORD OUT: {\"kafka_topic\":\"metrics-x\",\"topic\":\"db\","
                + "\"tags\":[{\"key\":\"agent_id\",\"value\":\"UNKNOWN_AGENT_STATE\"}],"
                + "\"datapoints\":[{\"name\":\"a\",\"time_ms\":1,\"value\":1.0}]}");
  }

  @Test
  void dumpsTheBytesOfEachRecordAndOfTheWholeMessage() {
    RecordLog log =
        log(
            TestSettings.defaults()
                .with(RECORD_INPUT_HEXDUMP, "true")
                .with(RECORD_OUTPUT_HEXDUMP, "true"));

    log.in("tcp", BLOCK);
    assertThat(lines).filteredOn(line -> line.startsWith("00000000  ")).hasSize(2);

    lines.clear();
    log.out(message());
    assertThat(lines.getFirst()).startsWith("00000000  4f 62 6a 01 ").contains("|Obj.");
  }

  @Test
  void reportsNothingUnlessItIsAskedTo() {
    RecordLog log = log(TestSettings.defaults());

    log.in("tcp", BLOCK);
    log.out(message());

    assertThat(lines).isEmpty();
  }

  private RecordLog log(TestSettings settings) {
    return new RecordLog(settings.build().recordLogs(), new TaggingEncoder(), lines::add);
  }

  private static Message message() {
    Ledger ledger = new Ledger();
    var entry = new Ledger.SourceEntry("metrics-x", LedgerTerm.HELD, 2, BLOCK.length());
    var account = ledger.receive(ledger.open("tcp"), List.of(entry)).getFirst();
    return Message.of(
        1,
        "metrics-x",
        List.of(
            RecordSlice.all(new HeldBlock(BlockRecordOrigin.whole(account, 1), nothing()), BLOCK)),
        FlushTrigger.COUNT);
  }

  private static Reservation nothing() {
    return new MemoryBudget(1, () -> {}).reserveEvenIfInterrupted(0);
  }
}
