// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.MessageFacts;
import dcos.metrics.collector.filter.RecordFacts;
import dcos.metrics.collector.outcome.RecordState;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A block of a recording with the state of each of its records, as far as the recording was read.
 * As facts for a filter, those of the record that it was moved to. Not thread-safe.
 */
final class PlaybackBlock implements RecordFacts {
  private static final int BLOCK_BYTES = 400;
  private static final int RECORD_BYTES = 16;

  private final long id;
  private final long wallMs;
  private final String source;
  private final RecordState[] states;
  private final String[] topics;
  private final @Nullable PlaybackMessage[] messages;
  private final Set<PlaybackMessage> unsettled = new HashSet<>();
  // All messages of its records.
  private final Set<PlaybackMessage> inMessages = new HashSet<>();
  private final BitSet found = new BitSet();
  // Null once a filter was asked about them.
  private @Nullable RecordBlock records;
  private int sorted;
  // How many are in no message and have no outcome.
  private int undecided;
  private int record;

  /**
   * @param records null if they cannot be read: no filter finds one of them
   */
  PlaybackBlock(Event.BlockReceived event, String source, @Nullable RecordBlock records) {
    this.id = event.block();
    this.wallMs = event.at().wallMs();
    this.source = source;
    this.records = records;
    int count = event.records();
    this.undecided = count;
    this.states = new RecordState[count];
    this.topics = new String[count];
    this.messages = new PlaybackMessage[count];
    Arrays.fill(states, RecordState.RECEIVED);
    Arrays.fill(topics, "");
  }

  void sort(Event.RecordsSorted event) {
    for (Event.Run run : event.runs()) {
      int end = Math.min(states.length, sorted + run.records());
      for (; sorted < end; sorted++) {
        topics[sorted] = run.topic();
        if (messages[sorted] == null) {
          states[sorted] = run.outcome().map(RecordState::of).orElse(RecordState.IN_BATCH);
          undecided -= run.outcome().isPresent() ? 1 : 0;
        }
      }
    }
  }

  /** Records are in a message, which may be settled already. */
  void assign(PlaybackMessage message, int first, int count) {
    if (inMessages.add(message)) {
      if (records == null) {
        message.blockDone(false);
      } else {
        message.addBlock();
      }
    }
    for (int i = Math.max(0, first); i < end(first, count); i++) {
      if (messages[i] == null) {
        if (found.get(i)) {
          message.recordFound();
        }
        undecided -= states[i].isOpen() ? 1 : 0;
        messages[i] = message;
        states[i] = message.state(id, i);
      }
    }
    if (!message.isSettled()) {
      unsettled.add(message);
    }
  }

  /** Records have the outcome of their message, or of its part. */
  void settle(PlaybackMessage message, int first, int count) {
    for (int i = Math.max(0, first); i < end(first, count); i++) {
      if (message.equals(messages[i])) {
        states[i] = message.state(id, i);
      }
    }
    if (message.isSettled()) {
      unsettled.remove(message);
    }
  }

  private int end(int first, int count) {
    return (int) Math.min(states.length, (long) first + count);
  }

  /** Whether it is known of all records to which topic they go, or that they go to none. */
  boolean isSorted() {
    return sorted == states.length;
  }

  /** Whether all records have an outcome, and all of their messages are settled. */
  boolean isSettled() {
    return isSorted() && undecided == 0 && unsettled.isEmpty();
  }

  /** How many records have no outcome. */
  long openRecords() {
    return Arrays.stream(states).filter(RecordState::isOpen).count();
  }

  /** About how much memory it takes. */
  long memoryBytes() {
    long bytes = records == null ? 0 : records.bytes().length;
    return BLOCK_BYTES + (long) RECORD_BYTES * states.length + bytes;
  }

  /** Its records; only while a filter was not asked about them. */
  RecordBlock records() {
    return Objects.requireNonNull(records, "the filter was asked about them");
  }

  /** Whether a filter was asked about its records. */
  boolean isSearched() {
    return records == null;
  }

  /** A filter finds the record that it was moved to. */
  void recordFound() {
    found.set(record);
    PlaybackMessage message = messages[record];
    if (message != null) {
      message.recordFound();
    }
  }

  /**
   * A filter was asked about all of its records, which it drops.
   *
   * @return the messages that they are in
   */
  Set<PlaybackMessage> endSearch() {
    records = null;
    inMessages.forEach(message -> message.blockDone(true));
    return inMessages;
  }

  long id() {
    return id;
  }

  /** The facts are those of this record from now on. */
  void moveTo(int index) {
    record = index;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public OptionalLong wallMs() {
    return OptionalLong.of(wallMs);
  }

  @Override
  public String kafkaTopic() {
    return topics[record];
  }

  @Override
  public RecordState state() {
    return states[record];
  }

  @Override
  public Optional<? extends MessageFacts> message() {
    return Optional.ofNullable(messages[record]);
  }
}
