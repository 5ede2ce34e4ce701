// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.save;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.model.captured.Saved;
import dcos.metrics.inspector.model.open.RecordingTracks;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** Recordings as one, with every event that this version knows. */
public final class RecordingCopy {
  private RecordingCopy() {}

  /** Writes the events of the files; counts those that this version does not know. */
  public static Saved write(
      List<Path> files, OutputStream to, BooleanSupplier stopped, DoubleConsumer onProgress)
      throws IOException {
    var out = new EventWriter(to);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    long records = 0;
    long unknownEvents;
    try (var tracks = new RecordingTracks(files)) {
      for (Event event = tracks.next();
          event != null && !stopped.getAsBoolean();
          event = tracks.next()) {
        out.write(event);
        if (event instanceof Event.BlockReceived block) {
          records += block.records();
          onProgress.accept(Math.clamp(tracks.readBytes() / (double) bytes, 0, 1));
        }
      }
      if (!tracks.problem().isEmpty()) {
        throw new IOException(tracks.problem());
      }
      unknownEvents = tracks.unknownEvents();
    }
    out.flush();
    return new Saved(records, 0, unknownEvents);
  }
}
