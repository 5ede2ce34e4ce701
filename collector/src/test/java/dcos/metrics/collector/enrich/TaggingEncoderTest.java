// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.BlockRecordOrigin;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.RecordSlice;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.testing.Records;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

class TaggingEncoderTest {
  private static final AgentState STATE =
      new AgentState(
          "agent-1",
          Map.of("fw-1", "marathon", "fw-2", "batch"),
          Map.of("fw-1/exec-1", "web/shop", "fw-2/default", "nightly"),
          Map.of("exec-1", "web/shop"));

  private final TaggingEncoder encoder = new TaggingEncoder();

  @Test
  void tagsWithAnUnknownAgentAndNothingElseWhileNoStateIsKnown() throws IOException {
    assertThat(added(Records.of("t", "framework_id", "fw-1", "executor_id", "exec-1")))
        .containsExactly(new Tag("agent_id", "UNKNOWN_AGENT_STATE"));
  }

  @Test
  void addsAgentFrameworkAndApplicationBehindTheTagsThatWereSent() throws IOException {
    encoder.learn(STATE);

    assertThat(added(Records.of("t", "framework_id", "fw-1", "executor_id", "exec-1")))
        .containsExactly(
            new Tag("agent_id", "agent-1"),
            new Tag("framework_name", "marathon"),
            new Tag("application_name", "web/shop"));
  }

  @Test
  void reportsThatAFrameworkIsUnknown() throws IOException {
    encoder.learn(STATE);

    assertThat(added(Records.of("t", "framework_id", "fw-9", "executor_id", "exec-1")))
        .containsExactly(
            new Tag("agent_id", "agent-1"), new Tag("framework_name", "UNKNOWN_FRAMEWORK_ID"));
  }

  @Test
  void namesNoFrameworkForARecordWithoutOne() throws IOException {
    encoder.learn(STATE);

    assertThat(added(Records.of("t"))).containsExactly(new Tag("agent_id", "agent-1"));
    assertThat(added(Records.of("t", "framework_id", "")))
        .containsExactly(new Tag("agent_id", "agent-1"));
  }

  @Test
  void namesTheApplicationByFrameworkAndExecutorTogether() throws IOException {
    encoder.learn(STATE);

    assertThat(applications("framework_id", "fw-2", "executor_id", "default"))
        .containsExactly("nightly");
    assertThat(applications("framework_id", "fw-1", "executor_id", "default")).isEmpty();
    assertThat(applications("framework_id", "fw-2", "executor_id", "exec-1")).isEmpty();
    assertThat(applications("executor_id", "exec-1", "framework_id", "fw-1"))
        .containsExactly("web/shop");
  }

  @Test
  void namesTheApplicationOfARecordWithoutAFrameworkOnlyIfOneFrameworkHasTheExecutor()
      throws IOException {
    encoder.learn(STATE);

    assertThat(applications("executor_id", "exec-1")).containsExactly("web/shop");
    assertThat(applications("framework_id", "", "executor_id", "exec-1"))
        .containsExactly("web/shop");
    assertThat(applications("executor_id", "default")).isEmpty();
    assertThat(applications("executor_id", "fw-1/exec-1")).isEmpty();
  }

  @Test
  void distinguishesIdsWithSlashes() throws IOException {
    encoder.learn(
        new AgentState(
            "agent-1",
            Map.of(),
            Map.of(ExecutorKey.of("a/b", "c"), "first", ExecutorKey.of("a", "b/c"), "second")));

    assertThat(applications("framework_id", "a/b", "executor_id", "c")).containsExactly("first");
    assertThat(applications("framework_id", "a", "executor_id", "b/c")).containsExactly("second");
    assertThat(applications("framework_id", "a%2Fb", "executor_id", "c")).isEmpty();
  }

  private List<String> applications(String... tags) throws IOException {
    return added(Records.of("t", tags)).stream()
        .filter(tag -> tag.getKey().equals("application_name"))
        .map(Tag::getValue)
        .toList();
  }

  @Test
  void countsTheFirstOfAKeyThatWasSentTwice() throws IOException {
    encoder.learn(STATE);

    assertThat(added(Records.of("t", "framework_id", "fw-1", "framework_id", "fw-9")))
        .contains(new Tag("framework_name", "marathon"));
    assertThat(added(Records.of("t", "framework_id", "", "framework_id", "fw-1")))
        .containsExactly(new Tag("agent_id", "agent-1"));
  }

  @Test
  void leavesAKeyAsItWasSent() throws IOException {
    encoder.learn(STATE);

    MetricList sent =
        Records.of(
            "t",
            "agent_id",
            "mine",
            "framework_name",
            "mine",
            "application_name",
            "mine",
            "framework_id",
            "fw-1",
            "executor_id",
            "exec-1");

    assertThat(added(sent)).isEmpty();
  }

  @Test
  void tagsEachRecordOfAMessageByItsOwnTags() throws IOException {
    encoder.learn(STATE);
    MetricList first = Records.of("t", "framework_id", "fw-1");
    MetricList second = Records.of("t", "framework_id", "fw-9");

    List<MetricList> made =
        read(encoder.encode(message(Records.block(first, first, second), Records.block(first))));

    assertThat(made)
        .extracting(record -> record.getTags().getLast().getValue())
        .containsExactly("marathon", "marathon", "UNKNOWN_FRAMEWORK_ID", "marathon");
  }

  private List<Tag> added(MetricList sent) throws IOException {
    MetricList made = read(encoder.encode(message(Records.block(sent)))).getFirst();
    assertThat(made.getTopic()).isEqualTo(sent.getTopic());
    assertThat(made.getDatapoints()).isEqualTo(sent.getDatapoints());
    int before = sent.getTags().size();
    assertThat(made.getTags().subList(0, before)).isEqualTo(sent.getTags());
    return made.getTags().subList(before, made.getTags().size());
  }

  private static Message message(RecordBlock... blocks) {
    Ledger ledger = new Ledger();
    var entry = new Ledger.SourceEntry("metrics-t", LedgerTerm.HELD, 1, 1);
    var account = ledger.receive(ledger.open("tcp"), List.of(entry)).getFirst();
    List<RecordSlice> slices = new ArrayList<>();
    for (RecordBlock block : blocks) {
      slices.add(
          RecordSlice.all(new HeldBlock(BlockRecordOrigin.whole(account, 1), nothing()), block));
    }
    return Message.of(1, "metrics-t", slices, FlushTrigger.COUNT);
  }

  private static List<MetricList> read(byte[] container) throws IOException {
    List<MetricList> records = new ArrayList<>();
    try (var reader =
        new DataFileReader<>(
            new SeekableByteArrayInput(container), new SpecificDatumReader<>(MetricList.class))) {
      reader.forEach(records::add);
    }
    return records;
  }

  private static Reservation nothing() {
    return new MemoryBudget(1, () -> {}).reserveEvenIfInterrupted(0);
  }
}
