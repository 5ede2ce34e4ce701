// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListJson;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.RecordFacts;
import dcos.metrics.collector.filter.RecordSubject;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.recording.MergedRecordings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows files: as lines of JSON, or as counts of all of them together. For one run. */
public final class Cat {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  // Records that wait for their outcome may take a third of the heap.
  private static final int WAITING_SHARE = 3;
  private static final int EVENTS_BETWEEN_CHECKS = 10_000;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean counts;
  private final Optional<Filter> filter;
  private final long maxWaitingBytes;
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
    this(out, err, counts, filter, Runtime.getRuntime().maxMemory() / WAITING_SHARE);
  }

  Cat(
      PrintStream out,
      PrintStream err,
      boolean counts,
      Optional<Filter> filter,
      long maxWaitingBytes) {
    this.maxWaitingBytes = maxWaitingBytes;
    this.out = out;
    this.err = err;
    this.counts = counts;
    this.filter = filter;
  }

  /**
   * Shows the inputs; false if one of them could not be read whole. In this order, but with a
   * filter the events of a folder's recordings in the order in which they happened: the outcome of
   * a record is often in another file.
   */
  public boolean show(List<PlaybackInput> inputs) throws IOException {
    filter.map(Filter::hints).orElse(List.of()).forEach(err::println);
    try (JsonGenerator json = JSON.createGenerator((OutputStream) out)) {
      json.setRootValueSeparator(new SerializedString("\n"));
      Optional<FoundLines> found =
          filter.map(wanted -> new FoundLines(json, wanted, maxWaitingBytes));
      EventPrinter lines = found.isPresent() ? found.get() : new EventLines(json);
      if (!show(inputs, json, lines)) {
        return false; // the output has no reader any more
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
      found.ifPresent(this::reportOpen);
      found.ifPresent(this::reportSearchedEarly);
    }
    return !damaged;
  }

  private boolean show(List<PlaybackInput> inputs, JsonGenerator json, EventPrinter lines)
      throws IOException {
    Map<Path, List<PlaybackInput>> folders = filter.isPresent() ? folders(inputs) : Map.of();
    Set<Path> shown = new HashSet<>();
    for (PlaybackInput input : inputs) {
      List<PlaybackInput> together = folders.getOrDefault(input.folder(), List.of());
      if (!together.contains(input)) {
        showAlone(input, json, lines);
      } else if (shown.add(input.folder())) {
        if (shown.size() > 1) {
          lines.finish(); // the next folder is of another collector
        }
        showMerged(together, lines);
      }
      if (out.checkError()) {
        return false;
      }
    }
    return true;
  }

  /** The recordings among the inputs that can be read together, by their folders. */
  private static Map<Path, List<PlaybackInput>> folders(List<PlaybackInput> inputs) {
    Map<Path, List<PlaybackInput>> folders = new HashMap<>();
    for (PlaybackInput input : inputs) {
      if (input.isRegularFile() && input.isRecording()) {
        folders.computeIfAbsent(input.folder(), _ -> new ArrayList<>()).add(input);
      }
    }
    return folders;
  }

  private void showAlone(PlaybackInput input, JsonGenerator json, EventPrinter lines)
      throws IOException {
    try (PlaybackInput.OpenedInput opened = input.open()) {
      if (opened.isRecording()) {
        showRecording(input, opened.in(), lines);
      } else {
        showMetrics(input, opened.in(), json);
      }
    } catch (IOException e) {
      problem(input, String.valueOf(e.getMessage()));
    }
  }

  /** Shows the recordings of one folder, which are those of one collector. */
  private void showMerged(List<PlaybackInput> inputs, EventPrinter lines) throws IOException {
    List<MergedRecordings.Opening> openings = new ArrayList<>();
    inputs.forEach(input -> openings.add(input::openRecording));
    long[] read = new long[inputs.size()];
    MergedRecordings.Ends ends =
        (number, reader, error) -> {
          if (reader != null) {
            events = read[number];
            reportLeftOut(inputs.get(number), reader);
          }
          error.ifPresent(e -> problem(inputs.get(number), String.valueOf(e.getMessage())));
        };
    long shown = 0;
    try (var merged = new MergedRecordings(openings, ends)) {
      for (Event event = merged.next(); event != null; event = merged.next()) {
        read[merged.recording()]++;
        lines.print(event);
        shown++;
        if (shown % EVENTS_BETWEEN_CHECKS == 0 && out.checkError()) {
          return; // the output has no reader any more
        }
      }
    }
  }

  private void showRecording(PlaybackInput input, InputStream in, EventPrinter lines)
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

  private void reportOpen(FoundLines found) {
    if (found.searchedEarly() == 0 && found.openRecords() > 0) {
      err.printf(
          Locale.ROOT,
          "%d records have no outcome in these files: they were held, or output-*.avro is"
              + " missing%n",
          found.openRecords());
    }
  }

  private void reportSearchedEarly(FoundLines found) {
    if (found.searchedEarly() > 0) {
      damaged = true;
      err.printf(
          Locale.ROOT,
          "%d records were filtered before their outcomes were known: waiting records may take"
              + " %d MB; more with COLLECTOR_JVM_FLAGS=-Xmx1g%n",
          found.searchedEarly(),
          maxWaitingBytes >> 20);
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
    RecordFacts facts = RecordFacts.ofFile(name);
    MetricFile.read(
        in,
        block -> {
          RecordCursor cursor = block.cursor();
          var subject = new RecordSubject(block.bytes(), cursor, facts);
          for (MetricList record : MetricListCodec.decode(block)) {
            boolean _ = cursor.next();
            if (counts) {
              stats.add(name, record.getTopic(), 1);
            } else if (filter.isEmpty() || filter.get().matches(subject)) {
              json.writeStartObject();
              MetricListJson.writeFields(json, record);
              json.writeEndObject();
            }
          }
        });
  }

  private void problem(PlaybackInput input, String reason) {
    damaged = true;
    err.println(input + ": " + reason);
  }

  private static String blocks(long count) {
    return count == 1 ? "block" : "blocks";
  }
}
