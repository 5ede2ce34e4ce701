// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.message.RecordRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the blocks of one run together with the outcomes of their records, and its messages with
 * theirs. The memory for them is bounded: beyond that the oldest block is searched as it is.
 * Messages may come before the blocks of their records, as in a file that is read first. Not
 * thread-safe.
 */
final class RecordOutcomes {
  private static final int MESSAGE_BYTES = 400;
  private static final int RANGE_BYTES = 80;

  private final Filter filter;
  private final boolean withOutcomes;
  private final long maxBytes;
  private final Search search;
  private final Map<Long, PlaybackBlock> blocks = new LinkedHashMap<>();
  private final Map<Long, PlaybackMessage> messages = new LinkedHashMap<>();
  // By block: those whose block comes later, or was searched early, or was not recorded.
  private final Map<Long, List<MessageRange>> rangesOfUnknownBlocks = new LinkedHashMap<>();
  private long bytes;
  private long searchedEarly;

  /** Takes blocks and messages, each once. */
  interface Search {
    /** Whether the filter may find a record of a block, whatever its outcome will be. */
    boolean mayFind(PlaybackBlock block);

    /** The states of the records are known, as far as the filter asks for them. */
    void block(PlaybackBlock block);

    /** All of its records have an outcome, or no more events follow. */
    void message(PlaybackMessage message);
  }

  private record MessageRange(PlaybackMessage message, RecordRange range) {}

  /**
   * @param filter that the search is for
   * @param maxBytes about how much memory blocks and messages may take
   */
  RecordOutcomes(Filter filter, long maxBytes, Search search) {
    this.filter = filter;
    this.withOutcomes = filter.asksForOutcomes();
    this.maxBytes = maxBytes;
    this.search = search;
  }

  /**
   * A block came in; one of another run may have had the same id.
   *
   * @param records null if they cannot be read
   */
  void received(Event.BlockReceived event, String source, @Nullable RecordBlock records) {
    PlaybackBlock before = blocks.get(event.block());
    if (before != null) {
      drop(before);
    }
    var block = new PlaybackBlock(event, source, records);
    blocks.put(block.id(), block);
    bytes += block.memoryBytes();
    for (MessageRange known : takeRanges(block.id())) {
      block.assign(known.message(), known.range().first(), known.range().records());
      known.message().unknownRangeDone();
      releaseIfDue(known.message());
    }
    keepBound();
  }

  void sorted(Event.RecordsSorted event) {
    PlaybackBlock block = blocks.get(event.block());
    if (block != null) {
      block.sort(event);
      if (block.isSorted() && !block.isSearched() && !search.mayFind(block)) {
        endSearch(block);
      }
      searchIfDue(block);
    }
  }

  void made(Event.MessageMade event) {
    PlaybackMessage before = messages.get(event.message());
    if (before != null) {
      release(before);
    }
    var message = new PlaybackMessage(event);
    messages.put(message.id(), message);
    bytes += cost(event);
    for (RecordRange range : event.ranges()) {
      PlaybackBlock block = blocks.get(range.block());
      if (block != null) {
        block.assign(message, range.first(), range.records());
      } else {
        message.addUnknownRange();
        rangesOfUnknownBlocks
            .computeIfAbsent(range.block(), _ -> new ArrayList<>())
            .add(new MessageRange(message, range));
        bytes += RANGE_BYTES;
      }
    }
    keepBound();
  }

  void settled(Event.MessageSettled event) {
    PlaybackMessage message = messages.get(event.message());
    if (message == null) {
      search.message(PlaybackMessage.of(event)); // made before the recording began
      return;
    }
    message.settle(event);
    List<RecordRange> ranges = event.ranges().isEmpty() ? message.ranges() : event.ranges();
    for (RecordRange range : ranges) {
      PlaybackBlock block = blocks.get(range.block());
      if (block != null) {
        block.settle(message, range.first(), range.records());
      }
    }
    for (RecordRange range : ranges) {
      PlaybackBlock block = blocks.get(range.block());
      if (block != null) {
        searchIfDue(block);
      }
    }
    releaseIfDue(message);
  }

  /** No more events of this run follow. */
  void finish() {
    List.copyOf(blocks.values()).forEach(this::drop);
    List.copyOf(messages.values()).forEach(this::release);
    rangesOfUnknownBlocks.clear();
    bytes = 0;
  }

  /** How many records were searched before their outcome was known, for lack of memory. */
  long searchedEarly() {
    return searchedEarly;
  }

  private void searchIfDue(PlaybackBlock block) {
    if (!block.isSearched() && (withOutcomes ? block.isSettled() : block.isSorted())) {
      searchNow(block);
    }
    if (block.isSearched() && block.isSettled() && blocks.remove(block.id(), block)) {
      bytes -= block.memoryBytes();
    }
  }

  private void searchNow(PlaybackBlock block) {
    search.block(block);
    endSearch(block);
  }

  private void endSearch(PlaybackBlock block) {
    bytes -= block.memoryBytes();
    List<PlaybackMessage> inMessages = List.copyOf(block.endSearch());
    bytes += block.memoryBytes();
    inMessages.forEach(this::releaseIfDue);
  }

  private void drop(PlaybackBlock block) {
    if (!block.isSearched()) {
      searchNow(block);
    }
    blocks.remove(block.id());
    bytes -= block.memoryBytes();
  }

  private void releaseIfDue(PlaybackMessage message) {
    if (message.isSettled() && (message.isSearched() || !filter.asksForRecords())) {
      release(message);
    }
  }

  private void release(PlaybackMessage message) {
    Event.MessageMade made = message.made();
    if (made != null && messages.remove(message.id(), message)) {
      bytes -= cost(made);
      search.message(message);
    }
  }

  private static long cost(Event.MessageMade made) {
    return MESSAGE_BYTES + (long) RANGE_BYTES * made.ranges().size();
  }

  private List<MessageRange> takeRanges(long block) {
    List<MessageRange> ranges = rangesOfUnknownBlocks.remove(block);
    if (ranges == null) {
      return List.of();
    }
    bytes -= (long) RANGE_BYTES * ranges.size();
    return ranges;
  }

  private void keepBound() {
    while (bytes > maxBytes) {
      if (blocks.size() > 1) {
        PlaybackBlock oldest = blocks.values().iterator().next();
        searchedEarly += withOutcomes && !oldest.isSearched() ? oldest.openRecords() : 0;
        drop(oldest);
      } else if (!rangesOfUnknownBlocks.isEmpty()) {
        dropRanges(rangesOfUnknownBlocks.keySet().iterator().next());
      } else if (!messages.isEmpty()) {
        PlaybackMessage oldest = messages.values().iterator().next();
        searchedEarly += oldest.isSettled() ? 0 : waitingRecords(oldest);
        release(oldest);
      } else {
        return;
      }
    }
  }

  private long waitingRecords(PlaybackMessage message) {
    return message.ranges().stream()
        .filter(range -> blocks.containsKey(range.block()))
        .mapToLong(RecordRange::records)
        .sum();
  }

  /** The block of these is not waited for any more. */
  private void dropRanges(long block) {
    for (MessageRange lost : takeRanges(block)) {
      searchedEarly += withOutcomes ? lost.range().records() : 0;
      lost.message().unknownRangeDone();
      releaseIfDue(lost.message());
    }
  }
}
