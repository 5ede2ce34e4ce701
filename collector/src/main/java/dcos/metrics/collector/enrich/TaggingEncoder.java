// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.enrich;

import dcos.metrics.codec.container.ContainerWriter;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.codec.record.RecordEncoder;
import dcos.metrics.codec.record.TagCursor;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageEncoder;
import dcos.metrics.collector.message.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a message's bytes: one container, whose records say where they came from. Tags are added as
 * one more block of the record's array of tags, so nothing is decoded. Thread-safe, one message at
 * a time: what it needs of memory is a reserve of its own, outside the budget.
 */
public final class TaggingEncoder implements MessageEncoder {
  private static final String UNKNOWN_AGENT_STATE = "UNKNOWN_AGENT_STATE";
  private static final String UNKNOWN_FRAMEWORK_ID = "UNKNOWN_FRAMEWORK_ID";

  // Written by the agent poller, read by all.
  private volatile @Nullable AgentState state;
  // Guarded by this.
  private final ContainerWriter container = new ContainerWriter();

  /**
   * What the agent said last; until it has said something, records are tagged as of an unknown
   * agent.
   */
  public void learn(AgentState newState) {
    state = newState;
  }

  @Override
  public synchronized byte[] encode(Message message) {
    TagBlocks tagBlocks = new TagBlocks(state);
    for (RecordSlice slice : message.slices()) {
      RecordBlock records = slice.records();
      RecordCursor record = records.cursor();
      while (record.next()) {
        container.append(records.bytes(), record, tagBlocks.of(records.bytes(), record));
      }
    }
    return container.finish();
  }

  /**
   * The tags to add, by record; records with the same tags follow one another, so the last answer
   * is kept.
   */
  private static final class TagBlocks {
    private final @Nullable AgentState state;
    private byte[] lastBytes = new byte[0];
    private int lastFrom;
    private int lastTo;
    private byte @Nullable [] last;

    private TagBlocks(@Nullable AgentState state) {
      this.state = state;
    }

    private byte[] of(byte[] bytes, RecordCursor record) {
      int from = record.tagsStart();
      int to = record.tagsEnd();
      byte[] answer = last;
      if (answer == null || !Arrays.equals(bytes, from, to, lastBytes, lastFrom, lastTo)) {
        answer = RecordEncoder.tagBlock(missing(Sent.by(record), state));
        last = answer;
        lastBytes = bytes;
        lastFrom = from;
        lastTo = to;
      }
      return answer;
    }
  }

  private static Map<String, String> missing(Sent sent, @Nullable AgentState state) {
    Map<String, String> missing = new LinkedHashMap<>();
    if (!sent.agentId) {
      missing.put("agent_id", state == null ? UNKNOWN_AGENT_STATE : state.agentId());
    }
    if (state == null) {
      return missing;
    }
    String frameworkId = sent.frameworkId;
    if (!sent.frameworkName && frameworkId != null && !frameworkId.isEmpty()) {
      missing.put(
          "framework_name", state.frameworkNames().getOrDefault(frameworkId, UNKNOWN_FRAMEWORK_ID));
    }
    String executorId = sent.executorId;
    if (!sent.applicationName && executorId != null) {
      String applicationName =
          frameworkId == null || frameworkId.isEmpty()
              ? state.unsharedApplicationNames().get(executorId)
              : state.applicationNames().get(ExecutorKey.of(frameworkId, executorId));
      if (applicationName != null) {
        missing.put("application_name", applicationName);
      }
    }
    return missing;
  }

  /** What a record says of itself; of a key sent twice the first counts. */
  private static final class Sent {
    private static final byte[] FRAMEWORK_ID = utf8("framework_id");
    private static final byte[] EXECUTOR_ID = utf8("executor_id");
    private static final byte[] AGENT_ID = utf8("agent_id");
    private static final byte[] FRAMEWORK_NAME = utf8("framework_name");
    private static final byte[] APPLICATION_NAME = utf8("application_name");

    private @Nullable String frameworkId;
    private @Nullable String executorId;
    private boolean agentId;
    private boolean frameworkName;
    private boolean applicationName;

    private static Sent by(RecordCursor record) {
      Sent sent = new Sent();
      TagCursor tag = record.tags();
      while (tag.next()) {
        if (sent.frameworkId == null && tag.keyIs(FRAMEWORK_ID)) {
          sent.frameworkId = tag.value();
        } else if (sent.executorId == null && tag.keyIs(EXECUTOR_ID)) {
          sent.executorId = tag.value();
        } else {
          sent.agentId |= tag.keyIs(AGENT_ID);
          sent.frameworkName |= tag.keyIs(FRAMEWORK_NAME);
          sent.applicationName |= tag.keyIs(APPLICATION_NAME);
        }
      }
      return sent;
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
