// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;

/** Whatever an event holds, it is read as it was written. */
class EventPropertiesTest {
  @Property(tries = 300)
  void whatComesIn(
      @ForAll long wall,
      @ForAll long nanos,
      @ForAll long id,
      @ForAll int records,
      @ForAll @AlphaChars String text,
      @ForAll byte[] bytes,
      @ForAll ArrivalDecision decision,
      @ForAll @Size(max = 5) Map<@AlphaChars String, @AlphaChars String> names)
      throws IOException {
    var at = new EventTime(wall, nanos);
    readsAsWritten(
        new Event.SourceOpened(at, id, text),
        new Event.HeaderSeen(at, id, text, text, records > 0, bytes),
        new Event.SourceClosed(at, id, text, nanos, wall, records),
        new Event.BlockReceived(at, id, nanos, wall, records, bytes),
        new Event.RecordsSorted(at, id, List.of(new Event.Run(text, decision.outcome(), records))),
        new Event.AgentAsked(at, text, text, nanos, text),
        new Event.AgentLearned(at, new AgentState(text, names, names)));
  }

  @Property(tries = 300)
  void whatGoesOut(
      @ForAll long wall,
      @ForAll long id,
      @ForAll int first,
      @ForAll int records,
      @ForAll @AlphaChars String text,
      @ForAll FlushTrigger trigger,
      @ForAll Outcome.Reason reason)
      throws IOException {
    var at = new EventTime(wall, -wall);
    List<RecordRange> ranges =
        List.of(new RecordRange(id, first, records), new RecordRange(wall, records, first));
    readsAsWritten(
        new Event.MessageMade(at, id, text, records, wall, trigger, ranges),
        new Event.MessageSettled(
            at, id, records, ranges, new Outcome.Delivered(new Receipt(first, wall))),
        new Event.MessageSettled(
            at, id, records, List.of(), new Outcome.Undeliverable(reason, text)),
        new Event.KafkaChanged(at, first > 0, text),
        new Event.Skipped(at, id, wall, records));
  }

  private static void readsAsWritten(Event... events) throws IOException {
    EventRoundTripTest.assertSame(
        EventRoundTripTest.read(EventRoundTripTest.written(List.of(events))), List.of(events));
  }
}
