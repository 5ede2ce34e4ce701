// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.delivery.Delivery;
import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ingest.TcpInput;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.recording.EventStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Publishes events that concern the whole pipeline, and takes its snapshots. Thread-safe. */
final class EventPublisher {
  private final EventTap tap;
  private final String version;
  private final List<String> settings;
  private final Ledger ledger;
  private final TcpInput input;
  private final Event.SourceOpened agent;
  private final Delivery delivery;
  private volatile @Nullable AgentState learned;

  EventPublisher(
      EventTap tap,
      String version,
      List<String> settings,
      Ledger ledger,
      TcpInput input,
      Source agent,
      Delivery delivery) {
    this.tap = tap;
    this.version = version;
    this.settings = List.copyOf(settings);
    this.ledger = ledger;
    this.input = input;
    this.agent = new Event.SourceOpened(EventTime.now(), agent.id(), agent.name());
    this.delivery = delivery;
  }

  AutoCloseable listen(EventSink sink) {
    return tap.listen(sink, this::snapshot);
  }

  /** As the origin of streams to event clients. */
  EventStream.EventSource origin() {
    return new EventStream.EventSource() {
      @Override
      public AutoCloseable listen(EventSink sink) {
        return tap.listen(sink);
      }

      @Override
      public Event.Snapshot snapshot() {
        return EventPublisher.this.snapshot();
      }
    };
  }

  /** The state of the pipeline now. */
  Event.Snapshot snapshot() {
    List<Event.OpenSource> sources = new ArrayList<>(input.openSources());
    sources.addFirst(new Event.OpenSource(agent, Optional.empty()));
    DeliveryStatus status = delivery.status();
    return new Event.Snapshot(
        EventTime.now(),
        version,
        settings,
        sources,
        Optional.ofNullable(learned),
        status.state() == DeliveryStatus.DeliveryState.DRY_RUN
            ? Optional.empty()
            : Optional.of(!status.outage()),
        ledger.snapshot());
  }

  void learned(AgentState latest) {
    AgentState state = latest.recorded();
    if (tap.isOpen() && !state.equals(learned)) {
      tap.publish(new Event.AgentLearned(EventTime.now(), state));
    }
    learned = state;
  }

  /** The id of a block that was made of what the agent said. */
  long fromAgent(RecordBlock block) {
    long id = tap.nextBlock();
    if (tap.isOpen()) {
      byte[] bytes = block.bytes();
      byte[] records =
          block.length() == bytes.length
              ? bytes
              : Arrays.copyOfRange(bytes, block.offset(), block.offset() + block.length());
      tap.publish(
          new Event.BlockReceived(
              EventTime.now(), id, agent.source(), -1, block.records(), records));
    }
    return id;
  }
}
