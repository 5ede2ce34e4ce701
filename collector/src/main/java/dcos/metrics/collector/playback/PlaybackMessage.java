// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.MessageFacts;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.RecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A message of a recording, as far as the recording was read. Not thread-safe. */
final class PlaybackMessage implements MessageFacts {
  private final long id;
  private final int records;
  private final Event.@Nullable MessageMade made;
  private final List<SettledMessage> settled = new ArrayList<>();
  private long settledRecords;
  private MessageState state = MessageState.SENDING;
  // Of the blocks of its records: those that a filter was not asked about yet.
  private int blocksLeft;
  // Parts whose blocks are not known.
  private int rangesLeft;
  private boolean anyBlock;
  private boolean anyFound;

  /** An outcome, and the state that it gives records. */
  private record SettledMessage(Event.MessageSettled event, RecordState state) {
    boolean holds(long block, int record) {
      List<RecordRange> ranges = event.ranges();
      return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.holds(block, record));
    }
  }

  private PlaybackMessage(long id, int records, Event.@Nullable MessageMade made) {
    this.id = id;
    this.records = records;
    this.made = made;
  }

  PlaybackMessage(Event.MessageMade made) {
    this(made.message(), made.records(), made);
  }

  /** One that was made before the recording began. */
  static PlaybackMessage of(Event.MessageSettled settled) {
    var message = new PlaybackMessage(settled.message(), settled.records(), null);
    message.settle(settled);
    return message;
  }

  void settle(Event.MessageSettled event) {
    var next = MessageState.of(event.outcome().term());
    state = settled.isEmpty() ? next : state.and(next);
    settled.add(new SettledMessage(event, RecordState.of(event.outcome())));
    settledRecords += event.records();
  }

  /** Whether all of its records have an outcome. */
  boolean isSettled() {
    return !settled.isEmpty() && settledRecords >= records;
  }

  /** Some of its records are in a block that a filter was not asked about yet. */
  void addBlock() {
    anyBlock = true;
    blocksLeft++;
  }

  /** A filter was asked about a block, or about one that it was not counted for. */
  void blockDone(boolean counted) {
    anyBlock = true;
    blocksLeft -= counted ? 1 : 0;
  }

  /** The block of a part is not known. */
  void addUnknownRange() {
    rangesLeft++;
  }

  /** The block of such a part came, or is not waited for any more. */
  void unknownRangeDone() {
    rangesLeft--;
  }

  /** A filter finds one of its records. */
  void recordFound() {
    anyFound = true;
  }

  /** Whether a filter was asked about all of its records. */
  boolean isSearched() {
    return blocksLeft == 0 && rangesLeft == 0;
  }

  /** Whether a filter finds one of its records; empty if none of them is known. */
  Optional<Boolean> anyRecordFound() {
    return anyBlock ? Optional.of(anyFound) : Optional.empty();
  }

  /** The event that made it; null where that was not recorded. */
  Event.@Nullable MessageMade made() {
    return made;
  }

  /** Where its records are, as far as that was recorded. */
  List<RecordRange> ranges() {
    return made == null ? List.of() : made.ranges();
  }

  List<Event.MessageSettled> settledEvents() {
    return settled.stream().map(SettledMessage::event).toList();
  }

  /** The state of one of its records. */
  RecordState state(long block, int record) {
    for (SettledMessage one : settled) {
      if (one.holds(block, record)) {
        return one.state();
      }
    }
    return RecordState.IN_MESSAGE;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String topic() {
    return made == null ? "" : made.topic();
  }

  @Override
  public int records() {
    return records;
  }

  @Override
  public long bytes() {
    return made == null ? 0 : made.bytes();
  }

  @Override
  public @Nullable FlushTrigger trigger() {
    return made == null ? null : made.trigger();
  }

  @Override
  public MessageState state() {
    return isSettled() ? state : MessageState.SENDING;
  }

  @Override
  public String detail() {
    return settled.stream()
        .map(one -> one.event().outcome())
        .filter(Outcome::hasDetail)
        .map(Outcome::why)
        .findFirst()
        .orElse("");
  }

  @Override
  public Optional<Receipt> receipt() {
    return settled.reversed().stream().flatMap(one -> one.state().receipt().stream()).findFirst();
  }

  @Override
  public long wallMs() {
    return made == null ? settled.getFirst().event().at().wallMs() : made.at().wallMs();
  }

  @Override
  public OptionalLong settleNanos() {
    return made == null || !isSettled()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, settled.getLast().event().at().nanos() - made.at().nanos()));
  }
}
