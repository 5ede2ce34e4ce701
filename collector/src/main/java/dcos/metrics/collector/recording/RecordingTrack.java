// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;

/** What is recorded together, in files of its own. */
enum RecordingTrack {
  /** What comes in. */
  INPUT("input"),
  /** What goes out. */
  OUTPUT("output");

  private final String fileName;

  RecordingTrack(String fileName) {
    this.fileName = fileName;
  }

  /** What its files' names begin with. */
  String fileName() {
    return fileName;
  }

  boolean takes(Event event) {
    return switch (event) {
      case Event.Snapshot _, Event.Skipped _ -> true;
      case Event.SourceOpened _,
          Event.HeaderSeen _,
          Event.SourceClosed _,
          Event.BlockReceived _,
          Event.RecordsSorted _,
          Event.AgentAsked _,
          Event.AgentLearned _ ->
          this == INPUT;
      case Event.MessageMade _, Event.MessageSettled _, Event.KafkaChanged _ -> this == OUTPUT;
    };
  }
}
