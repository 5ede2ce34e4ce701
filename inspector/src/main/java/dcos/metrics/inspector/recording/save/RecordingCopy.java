// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.save;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.recording.MergedRecordings;
import dcos.metrics.inspector.recording.state.SaveResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/** Recordings as one, with every event that this version knows. */
public final class RecordingCopy {
  private RecordingCopy() {}

  /** Writes the events of the files; counts those that this version does not know. */
  public static SaveResult write(
      List<Path> files, OutputStream to, BooleanSupplier stopped, DoubleConsumer onProgress)
      throws IOException {
    var out = new EventWriter(to);
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    long records = 0;
    long unknownEvents;
    List<IOException> problems = new ArrayList<>();
    List<MergedRecordings.Opening> openings = new ArrayList<>();
    files.forEach(file -> openings.add(() -> EventReader.open(file)));
    MergedRecordings.Ends ends =
        (file, _, error) ->
            error.ifPresent(
                e -> problems.add(new IOException(files.get(file) + ": " + e.getMessage(), e)));
    try (var events = new MergedRecordings(openings, ends)) {
      for (Event event = events.next();
          event != null && !stopped.getAsBoolean();
          event = events.next()) {
        out.write(event);
        if (event instanceof Event.BlockReceived block) {
          records += block.records();
          onProgress.accept(Math.clamp(events.readBytes() / (double) bytes, 0, 1));
        }
      }
      if (!problems.isEmpty()) {
        throw problems.getFirst();
      }
      unknownEvents = events.unknownEvents();
    }
    out.flush();
    return new SaveResult(records, 0, unknownEvents);
  }
}
