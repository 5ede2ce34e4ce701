// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.filter.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings blocks together with the outcomes of their records, and messages with theirs. The memory
 * for them is bounded: beyond that the oldest block is searched as it is. Messages may come before
 * the blocks of their records, as in a file that is read first. Not thread-safe.
 */
final class RecordOutcomes {
  private static final int MESSAGE_BYTES = 400;
  private static final int PART_BYTES = 80;

  private final Filter filter;
  private final boolean withOutcomes;
  private final long maxBytes;
  private final Out out;
  private final Map<Long, PlaybackBlock> blocks = new LinkedHashMap<>();
  private final Map<Long, PlaybackMessage> messages = new LinkedHashMap<>();
  // Of blocks that are not there: they come later, or went before.
  private final Map<Long, List<PartOf>> others = new LinkedHashMap<>();
  private long bytes;
  private long lastMessage = -1;
  private long givenUp;

  /** Takes blocks and messages, each once. */
  interface Out {
    /** The states of the records are known, as far as the filter asks for them. */
    void block(PlaybackBlock block);

    /** All of its records have an outcome, or no more events follow. */
    void message(PlaybackMessage message);
  }

  private record PartOf(PlaybackMessage message, Part part) {}

  /**
   * @param filter that is asked about them
   * @param maxBytes about how much memory blocks and messages may take
   */
  RecordOutcomes(Filter filter, long maxBytes, Out out) {
    this.filter = filter;
    this.withOutcomes = filter.asksForOutcomes();
    this.maxBytes = maxBytes;
    this.out = out;
  }

  /** A block came in; one of another run may have had the same id. */
  void received(Event.BlockReceived event, String source, RecordBlock records) {
    PlaybackBlock before = blocks.get(event.block());
    if (before != null) {
      drop(before);
    }
    var block = new PlaybackBlock(event, source, records);
    blocks.put(block.id(), block);
    bytes += block.memoryBytes();
    for (PartOf known : takeOthers(block.id())) {
      block.assign(known.message(), known.part().first(), known.part().records());
      known.message().unknownPartDone();
    }
    keepBound();
  }

  void sorted(Event.RecordsSorted event) {
    PlaybackBlock block = blocks.get(event.block());
    if (block != null) {
      block.sort(event);
      searchIfDue(block);
    }
  }

  void made(Event.MessageMade event) {
    if (event.message() <= lastMessage) {
      forgetOtherRun(event.message());
    }
    lastMessage = event.message();
    var message = new PlaybackMessage(event);
    messages.put(message.id(), message);
    bytes += cost(event);
    for (Part part : event.parts()) {
      PlaybackBlock block = blocks.get(part.block());
      if (block != null) {
        block.assign(message, part.first(), part.records());
      } else {
        message.addUnknownPart();
        others.computeIfAbsent(part.block(), _ -> new ArrayList<>()).add(new PartOf(message, part));
        bytes += PART_BYTES;
      }
    }
    keepBound();
  }

  /** Numbers of messages begin again with each run. */
  private void forgetOtherRun(long number) {
    List.copyOf(others.keySet()).forEach(this::dropOthers);
    PlaybackMessage same = messages.get(number);
    if (same != null) {
      giveOut(same);
    }
  }

  void settled(Event.MessageSettled event) {
    PlaybackMessage message = messages.get(event.message());
    if (message == null) {
      out.message(PlaybackMessage.of(event)); // made before the recording began
      return;
    }
    message.settle(event);
    for (Part part : message.parts()) {
      PlaybackBlock block = blocks.get(part.block());
      if (block != null) {
        block.settle(message);
        searchIfDue(block);
      }
    }
    giveOutIfDue(message);
  }

  /** No more events follow. */
  void finish() {
    List.copyOf(blocks.values()).forEach(this::drop);
    List.copyOf(messages.values()).forEach(this::giveOut);
  }

  /** How many records were searched before their outcome was known, for lack of memory. */
  long givenUp() {
    return givenUp;
  }

  private void searchIfDue(PlaybackBlock block) {
    if (withOutcomes ? block.isSettled() : block.isSorted()) {
      search(block);
    }
    if (block.isSearched() && block.isSettled() && blocks.remove(block.id(), block)) {
      bytes -= block.memoryBytes();
    }
  }

  private void search(PlaybackBlock block) {
    if (!block.isSearched()) {
      out.block(block);
      bytes -= block.memoryBytes();
      Set<PlaybackMessage> inMessages = block.endSearch();
      bytes += block.memoryBytes();
      inMessages.forEach(this::giveOutIfDue);
    }
  }

  private void drop(PlaybackBlock block) {
    search(block);
    blocks.remove(block.id());
    bytes -= block.memoryBytes();
  }

  private void giveOutIfDue(PlaybackMessage message) {
    if (message.isSettled() && (message.isSearched() || !filter.asksForRecords())) {
      giveOut(message);
    }
  }

  private void giveOut(PlaybackMessage message) {
    Event.MessageMade made = message.made();
    if (made != null && messages.remove(message.id(), message)) {
      bytes -= cost(made);
      out.message(message);
    }
  }

  private static long cost(Event.MessageMade made) {
    return MESSAGE_BYTES + (long) PART_BYTES * made.parts().size();
  }

  private List<PartOf> takeOthers(long block) {
    List<PartOf> parts = others.remove(block);
    if (parts == null) {
      return List.of();
    }
    bytes -= (long) PART_BYTES * parts.size();
    return parts;
  }

  /** A block is not waited for any more. */
  private void dropOthers(long block) {
    for (PartOf part : takeOthers(block)) {
      part.message().unknownPartDone();
      giveOutIfDue(part.message());
    }
  }

  private void keepBound() {
    while (bytes > maxBytes) {
      if (!others.isEmpty()) {
        dropOthers(others.keySet().iterator().next());
      } else if (blocks.size() > 1) {
        PlaybackBlock oldest = blocks.values().iterator().next();
        givenUp += withOutcomes && !oldest.isSearched() ? oldest.openRecords() : 0;
        drop(oldest);
      } else if (!messages.isEmpty()) {
        giveOut(messages.values().iterator().next());
      } else {
        return;
      }
    }
  }
}
