// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prints every event as JSON, one per line, and each record of a block on a separate line once it
 * was decided. Not thread-safe.
 */
final class EventLines implements EventPrinter {
  private static final int MAX_MESSAGES = 100_000;

  private final EventJson json;
  private final RecordedStreams streams = new RecordedStreams();
  private final RecordDecisions<Block> decisions = new RecordDecisions<>(this::records);
  // Those that are not settled yet.
  private final Map<Long, Event.MessageMade> messages = new LinkedHashMap<>();

  private record Block(Event.BlockReceived event, String source, List<MetricList> records) {}

  EventLines(JsonGenerator json) {
    this.json = new EventJson(json);
  }

  @Override
  public void print(Event event) throws IOException {
    boolean isEnd = event instanceof Event.SourceClosed;
    if (!isEnd) {
      streams.see(event);
    }
    try {
      switch (event) {
        case Event.BlockReceived block -> received(block);
        case Event.RecordsSorted sorted -> decisions.sorted(sorted);
        case Event.MessageMade made -> made(made);
        case Event.MessageSettled settled -> settled(settled);
        default -> json.other(event, streams::name);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (isEnd) {
      streams.see(event); // forgets its name
    }
  }

  @Override
  public void finish() throws IOException {
    try {
      decisions.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void received(Event.BlockReceived block) throws IOException {
    String source = streams.name(block.source());
    String problem = "the header of its stream is not known";
    try {
      Optional<RecordBlock> records = streams.records(block);
      if (records.isPresent()) {
        List<MetricList> decoded = MetricListCodec.decode(records.get());
        decisions.received(block.block(), new Block(block, source, decoded), block.records());
        return;
      }
    } catch (MalformedContainerException e) {
      problem = e.reason();
    }
    json.unreadable(block, source, problem);
  }

  private void records(Block block, int first, int count, Event.@Nullable Run run) {
    try {
      for (int i = first; i < first + count; i++) {
        json.record(block.event(), block.source(), i, block.records().get(i), run);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void made(Event.MessageMade made) throws IOException {
    messages.put(made.message(), made);
    if (messages.size() > MAX_MESSAGES) {
      messages.remove(messages.keySet().iterator().next());
    }
    json.made(made);
  }

  private void settled(Event.MessageSettled settled) throws IOException {
    json.settled(settled, messages.get(settled.message()));
    if (settled.ranges().isEmpty()) {
      messages.remove(settled.message());
    }
  }
}
