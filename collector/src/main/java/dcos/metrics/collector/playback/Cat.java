// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dcos.metrics.MetricList;
import dcos.metrics.codec.MetricListJson;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.recording.EventReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows files: as lines of JSON, or as counts of all of them together. For one run. */
public final class Cat {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private final PrintStream out;
  private final PrintStream err;
  private final boolean counts;
  private final Optional<Filter> filter;
  private final Stats stats = new Stats();
  private boolean damaged;
  // Of the recording at hand.
  private long events;

  /**
   * @param err for errors in files, one line each
   * @param counts whether to print counts, and no lines
   * @param filter of the lines
   */
  public Cat(PrintStream out, PrintStream err, boolean counts, Optional<Filter> filter) {
    this.out = out;
    this.err = err;
    this.counts = counts;
    this.filter = filter;
  }

  /** Shows the inputs, in this order; false if one of them could not be read whole. */
  public boolean show(List<PlaybackInput> inputs) throws IOException {
    try (JsonGenerator json = JSON.createGenerator((OutputStream) out)) {
      json.setRootValueSeparator(new SerializedString("\n"));
      var lines = new EventLines(json, filter);
      for (PlaybackInput input : inputs) {
        try (PlaybackInput.Opened opened = input.open()) {
          if (opened.isRecording()) {
            showRecording(input, opened.in(), lines);
          } else {
            showMetrics(input, opened.in(), json);
          }
        } catch (IOException e) {
          problem(input, String.valueOf(e.getMessage()));
        }
        if (out.checkError()) {
          return false; // nobody reads it any more
        }
      }
      if (counts) {
        stats.print(out::println);
      } else {
        lines.finish();
        json.flush();
        if (json.getOutputContext().hasCurrentIndex()) {
          out.println();
        }
      }
    }
    return !damaged;
  }

  private void showRecording(PlaybackInput input, InputStream in, EventLines lines)
      throws IOException {
    try (EventReader reader = EventReader.of(in, !counts)) {
      reader.onUnknownEvent(stats::skipUnknown);
      events = 0;
      try {
        for (Event event = reader.next(); event != null; event = reader.next()) {
          events++;
          if (counts) {
            stats.add(event);
          } else {
            lines.print(event);
          }
        }
      } finally {
        // Also where another container begins that is invalid.
        reportLeftOut(input, reader);
      }
    }
  }

  private void reportLeftOut(PlaybackInput input, EventReader reader) {
    long skipped = reader.skippedBlocks();
    if (skipped > 0) {
      problem(input, "%d %s skipped; %d events read".formatted(skipped, blocks(skipped), events));
    }
    if (reader.unknownEvents() > 0) {
      err.println(input + ": " + UnknownEvents.skipped(reader.unknownEvents()));
    }
    if (reader.lostFrom().isPresent()) {
      problem(input, lost(reader) + " left out");
    } else if (reader.cutBytes() > 0 && reader.isAtEnd()) {
      // As after a kill: all that was whole was read.
      err.println(input + ": ends within a block, " + reader.cutBytes() + " bytes left out");
    }
  }

  /** Such as {@code damaged at offset 9: no sync marker of its recording follows, 99 bytes}. */
  static String lost(EventReader reader) {
    return "damaged at offset "
        + reader.lostFrom().orElse(-1)
        + ": no sync marker of its recording follows, "
        + reader.cutBytes()
        + " bytes";
  }

  private void showMetrics(PlaybackInput input, InputStream in, JsonGenerator json)
      throws IOException {
    String name = input.sourceName();
    MetricFile.read(
        in,
        block -> {
          for (MetricList record : MetricLists.decode(block)) {
            if (counts) {
              stats.add(name, record.getTopic(), 1);
            } else if (filter.isEmpty() || filter.get().matches(found(name, record))) {
              json.writeStartObject();
              MetricListJson.writeFields(json, record);
              json.writeEndObject();
            }
          }
        });
  }

  private static Found found(String source, MetricList record) {
    return new Found(
        Map.of(Key.TOPIC, List.of(record.getTopic()), Key.SOURCE, List.of(source)),
        Map.of(),
        record);
  }

  private void problem(PlaybackInput input, String reason) {
    damaged = true;
    err.println(input + ": " + reason);
  }

  private static String blocks(long count) {
    return count == 1 ? "block" : "blocks";
  }
}
