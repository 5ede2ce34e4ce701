// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events to test with, a millisecond apart. */
public final class Happened {
  public static final long START_MS = 1_700_000_000_000L;

  private static final String SCHEMA = MetricList.getClassSchema().toString();

  private long ms = START_MS;

  /** Time that passes until the next event. */
  public void pass(long millis) {
    ms += millis;
  }

  public EventTime now() {
    ms++;
    return new EventTime(ms, ms * 1_000_000);
  }

  public Event opened(long source, String name) {
    return new Event.SourceOpened(now(), source, name);
  }

  public Event header(long source) {
    return header(source, "null", SCHEMA, false);
  }

  public Event header(long source, String codec, String schema, boolean rewritten) {
    return new Event.HeaderSeen(now(), source, codec, schema, rewritten, new byte[0]);
  }

  public Event closed(long source, String cause, long offset) {
    return new Event.SourceClosed(now(), source, cause, offset, 0, 0);
  }

  public Event.BlockReceived block(long id, long source, List<MetricList> records) {
    byte[] bytes = MetricListCodec.encode(records).bytes();
    return new Event.BlockReceived(now(), id, source, 100 * id, records.size(), bytes);
  }

  public Event sorted(long block, Event.Run... runs) {
    return new Event.RecordsSorted(now(), block, List.of(runs));
  }

  public static Event.Run accepted(String topic, int records) {
    return new Event.Run("metrics-" + topic, Optional.empty(), records);
  }

  public static Event.Run throttled(String topic, int records) {
    return new Event.Run(
        "metrics-" + topic, Optional.of(new Outcome.Throttled(Outcome.LimitScope.INPUT)), records);
  }

  public static Event.Run rejected(int records) {
    return new Event.Run("", Optional.of(new Outcome.Rejected()), records);
  }

  public Event made(long message, String topic, RecordRange... ranges) {
    int records = List.of(ranges).stream().mapToInt(RecordRange::records).sum();
    return new Event.MessageMade(
        now(),
        message,
        "metrics-" + topic,
        records,
        10L * records,
        FlushTrigger.COUNT,
        List.of(ranges));
  }

  public Event settled(long message, int records, Outcome outcome, RecordRange... ranges) {
    return new Event.MessageSettled(now(), message, records, List.of(ranges), outcome);
  }

  /** Records with tags and datapoints, each with values of its own. */
  public static List<MetricList> records(String topic, int records, int datapoints) {
    List<MetricList> made = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      List<Datapoint> measured = new ArrayList<>();
      for (int j = 0; j < datapoints; j++) {
        measured.add(new Datapoint("figure." + j, START_MS + 1000L * i, i + j / 100.0));
      }
      made.add(new MetricList(topic, List.of(new Tag("host", "a1")), measured));
    }
    return made;
  }
}
