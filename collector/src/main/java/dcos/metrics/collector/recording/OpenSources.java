// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sources whose events are still to be written, though they may have ended since: a file that
 * begins now needs their headers. The recorder's thread only.
 */
final class OpenSources {
  private static final int KEPT_HEADER_BYTES = 2048;

  private final Map<Long, Event.OpenSource> open = new LinkedHashMap<>();

  /** An event that is written now. */
  void see(Event event) {
    switch (event) {
      case Event.Snapshot snapshot ->
          snapshot.sources().forEach(source -> open.put(source.opened().source(), source));
      case Event.SourceOpened opened ->
          open.put(opened.source(), new Event.OpenSource(opened, Optional.empty()));
      case Event.HeaderSeen seen ->
          open.computeIfPresent(
              seen.source(),
              (_, source) -> new Event.OpenSource(source.opened(), Optional.of(kept(seen))));
      case Event.SourceClosed closed -> open.remove(closed.source());
      default -> {}
    }
  }

  /**
   * The snapshot as it was when the last event was written: with sources that have ended since, and
   * the headers of that time, as blocks of these containers may still be to come.
   */
  Event.Snapshot complete(Event.Snapshot snapshot) {
    Map<Long, Event.OpenSource> all = new LinkedHashMap<>(open);
    snapshot.sources().forEach(source -> all.putIfAbsent(source.opened().source(), source));
    List<Event.OpenSource> sources = new ArrayList<>(all.values());
    return new Event.Snapshot(
        snapshot.at(),
        snapshot.version(),
        snapshot.settings(),
        sources,
        snapshot.agent(),
        snapshot.kafkaUp(),
        snapshot.ledger());
  }

  /**
   * Events were left out: what is known of sources is what the snapshot says. Their ends and
   * headers may have been among those.
   */
  void replaceBy(Event.Snapshot snapshot) {
    Set<Long> ids =
        snapshot.sources().stream()
            .map(source -> source.opened().source())
            .collect(Collectors.toSet());
    open.keySet().retainAll(ids);
    snapshot
        .sources()
        .forEach(source -> open.computeIfPresent(source.opened().source(), (_, _) -> source));
  }

  private static Event.HeaderSeen kept(Event.HeaderSeen seen) {
    if (seen.header().length <= KEPT_HEADER_BYTES) {
      return seen;
    }
    return new Event.HeaderSeen(
        seen.at(),
        seen.source(),
        seen.codec(),
        seen.writerSchema(),
        seen.rewritten(),
        new byte[0],
        seen.offset());
  }
}
