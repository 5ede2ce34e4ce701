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
  private static final int PART_BYTES = 80;

  private final Filter filter;
  private final boolean withOutcomes;
  private final long maxBytes;
  private final Search search;
  private final Map<Long, PlaybackBlock> blocks = new LinkedHashMap<>();
  private final Map<Long, PlaybackMessage> messages = new LinkedHashMap<>();
  // By block: those whose block comes later, or was searched early, or was not recorded.
  private final Map<Long, List<MessagePart>> partsOfUnknownBlocks = new LinkedHashMap<>();
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

  private record MessagePart(PlaybackMessage message, RecordRange part) {}

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
    for (MessagePart known : takeParts(block.id())) {
      block.assign(known.message(), known.part().first(), known.part().records());
      known.message().unknownPartDone();
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
    for (RecordRange part : event.parts()) {
      PlaybackBlock block = blocks.get(part.block());
      if (block != null) {
        block.assign(message, part.first(), part.records());
      } else {
        message.addUnknownPart();
        partsOfUnknownBlocks
            .computeIfAbsent(part.block(), _ -> new ArrayList<>())
            .add(new MessagePart(message, part));
        bytes += PART_BYTES;
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
    List<RecordRange> parts = event.parts().isEmpty() ? message.parts() : event.parts();
    for (RecordRange part : parts) {
      PlaybackBlock block = blocks.get(part.block());
      if (block != null) {
        block.settle(message, part.first(), part.records());
      }
    }
    for (RecordRange part : parts) {
      PlaybackBlock block = blocks.get(part.block());
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
    partsOfUnknownBlocks.clear();
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
    return MESSAGE_BYTES + (long) PART_BYTES * made.parts().size();
  }

  private List<MessagePart> takeParts(long block) {
    List<MessagePart> parts = partsOfUnknownBlocks.remove(block);
    if (parts == null) {
      return List.of();
    }
    bytes -= (long) PART_BYTES * parts.size();
    return parts;
  }

  private void keepBound() {
    while (bytes > maxBytes) {
      if (blocks.size() > 1) {
        PlaybackBlock oldest = blocks.values().iterator().next();
        searchedEarly += withOutcomes && !oldest.isSearched() ? oldest.openRecords() : 0;
        drop(oldest);
      } else if (!partsOfUnknownBlocks.isEmpty()) {
        dropParts(partsOfUnknownBlocks.keySet().iterator().next());
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
    return message.parts().stream()
        .filter(part -> blocks.containsKey(part.block()))
        .mapToLong(RecordRange::records)
        .sum();
  }

  /** The block of these is not waited for any more. */
  private void dropParts(long block) {
    for (MessagePart lost : takeParts(block)) {
      searchedEarly += withOutcomes ? lost.part().records() : 0;
      lost.message().unknownPartDone();
      releaseIfDue(lost.message());
    }
  }
}
