// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.event.Event.MessageMade;
import dcos.metrics.collector.event.Event.MessageSettled;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.store.IdMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every message that is kept, in chunks that go as a whole, the oldest first, when memory runs out.
 * Guarded by the recording's lock.
 */
public final class DeliveryIndex {
  private final long memoryLimit;
  private final InternedNames names;
  private final List<DeliveryChunk> chunks = new ArrayList<>();
  private final IdMap numbers = new IdMap();
  private int next;
  private int dropped;
  private long memoryBytes;

  DeliveryIndex(long memoryLimit, InternedNames names) {
    this.memoryLimit = memoryLimit;
    this.names = names;
  }

  /** Records of a block: its number here, or -1 where it is not kept. */
  public record StoredRecordRange(int block, int first, int records) {}

  /**
   * What became of a message, or of some of its parts.
   *
   * @param ranges empty: all of it
   */
  public record DeliveryOutcome(List<RecordRange> ranges, Outcome outcome) {
    /**
     * How many records have this outcome.
     *
     * @param all the message's
     */
    public int records(int all) {
      return ranges.isEmpty() ? all : ranges.stream().mapToInt(RecordRange::records).sum();
    }

    boolean holds(long block, int record) {
      return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.holds(block, record));
    }
  }

  /**
   * Enters a message.
   *
   * @param firstNanos when the first of its records came, or {@link Long#MIN_VALUE}
   * @param blocks the numbers of the parts' blocks, -1 where they are not kept
   * @return its number
   */
  int add(MessageMade made, long firstNanos, int[] blocks) {
    if (chunks.isEmpty() || chunks.getLast().isFull()) {
      chunks.add(new DeliveryChunk(next));
      memoryBytes += chunks.getLast().memoryBytes();
    }
    DeliveryChunk chunk = chunks.getLast();
    long before = chunk.memoryBytes();
    chunk.add(made, names.number(made.topic()), firstNanos, blocks);
    memoryBytes += chunk.memoryBytes() - before;
    int number = next;
    numbers.put(made.message(), number);
    next++;
    while (chunks.size() > 1 && memoryBytes + numbers.memoryBytes() > memoryLimit) {
      dropOldest();
    }
    return number;
  }

  /** Enters what became of a message; answers its number, or -1 if it is not kept. */
  int settle(MessageSettled settled) {
    int number = numbers.get(settled.message());
    DeliveryChunk chunk = chunkOf(number);
    if (chunk == null) {
      return IdMap.NONE;
    }
    long before = chunk.memoryBytes();
    chunk.settle(number - chunk.first(), settled);
    memoryBytes += chunk.memoryBytes() - before;
    return number;
  }

  /** The message's topic by its pipeline id, or null if it is not kept. */
  @Nullable String topicOf(long message) {
    int number = numbers.get(message);
    DeliveryChunk chunk = chunkOf(number);
    return chunk == null ? null : names.text(chunk.topic(number - chunk.first()));
  }

  /** A message; null if it is not kept. */
  public @Nullable CapturedDelivery row(long number) {
    DeliveryChunk chunk = chunkOf(number);
    return chunk == null ? null : chunk.row((int) (number - chunk.first()), names);
  }

  /** The parts of a message, with numbers of blocks; empty if it is not kept. */
  public List<StoredRecordRange> ranges(long number) {
    DeliveryChunk chunk = chunkOf(number);
    return chunk == null ? List.of() : chunk.ranges((int) (number - chunk.first()));
  }

  /** The event that made a message, with numbers of blocks; empty if it is not kept. */
  public Optional<MessageMade> made(long number) {
    DeliveryChunk chunk = chunkOf(number);
    return chunk == null
        ? Optional.empty()
        : Optional.of(chunk.made((int) (number - chunk.first()), names));
  }

  /** The events that settled a message, at the time of the last; empty if it is not kept. */
  public List<MessageSettled> settled(long number) {
    DeliveryChunk chunk = chunkOf(number);
    return chunk == null ? List.of() : chunk.settled((int) (number - chunk.first()));
  }

  /** What became of one record of a message. */
  public @Nullable DeliveryOutcome fate(int number, long blockId, int record) {
    DeliveryChunk chunk = chunkOf(number);
    return chunk == null ? null : chunk.fate(number - chunk.first(), blockId, record);
  }

  /** The number of the oldest message that is kept. */
  public long first() {
    return dropped;
  }

  /** How many there have been; the next one gets this number. */
  public long count() {
    return next;
  }

  /** What they take. */
  public long memoryBytes() {
    return memoryBytes + numbers.memoryBytes();
  }

  private void dropOldest() {
    DeliveryChunk oldest = chunks.removeFirst();
    for (int i = 0; i < oldest.size(); i++) {
      numbers.remove(oldest.id(i), oldest.first() + i);
    }
    dropped += oldest.size();
    memoryBytes -= oldest.memoryBytes();
  }

  private @Nullable DeliveryChunk chunkOf(long number) {
    if (number < dropped || number >= next) {
      return null;
    }
    int low = 0;
    int high = chunks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (chunks.get(middle).first() <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return chunks.get(low);
  }
}
