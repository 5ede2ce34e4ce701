// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.testing.Snapshots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenSourcesTest {
  private static final EventTime AT = new EventTime(1, 1);

  private final OpenSources sources = new OpenSources();

  @Test
  void aFileBeginsWithTheHeadersOfTheBlocksThatAreStillToBeWritten() {
    sources.see(new Event.SourceOpened(AT, 1, "tcp 1"));
    sources.see(header("snappy", 0));

    Event.Snapshot complete = sources.complete(snapshot(header("deflate", 900)));

    assertThat(complete.sources())
        .extracting(source -> source.header().orElseThrow().codec())
        .containsExactly("snappy");
  }

  @Test
  void takesNoHeaderFromTheSnapshotThatIsStillToBeWritten() {
    sources.see(new Event.SourceOpened(AT, 1, "tcp 1"));

    Event.Snapshot complete = sources.complete(snapshot(header("deflate", 900)));

    assertThat(complete.sources())
        .extracting(Event.OpenSource::header)
        .containsExactly(Optional.empty());
  }

  @Test
  void takesTheHeaderOfTheSnapshotAfterEventsWereLeftOut() {
    sources.see(new Event.SourceOpened(AT, 1, "tcp 1"));
    sources.see(header("snappy", 0));
    Event.Snapshot now = snapshot(header("deflate", 900));

    sources.replaceBy(now);

    assertThat(sources.complete(now).sources())
        .extracting(source -> source.header().orElseThrow().codec())
        .containsExactly("deflate");
  }

  private static Event.HeaderSeen header(String codec, long offset) {
    return new Event.HeaderSeen(AT, 1, codec, "{}", false, new byte[30], offset);
  }

  private static Event.Snapshot snapshot(Event.HeaderSeen header) {
    var opened = new Event.SourceOpened(AT, 1, "tcp 1");
    return Snapshots.of(List.of(new Event.OpenSource(opened, Optional.of(header))));
  }
}
