// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import dcos.metrics.inspector.recording.state.StreamBlock;
import dcos.metrics.inspector.recording.state.StreamContainer;
import dcos.metrics.inspector.recording.state.TimeRange;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Puts together what the book says of streams, of times and of room. With its lock held. */
public final class IndexReader {

  private final RecordingIndex recordingIndex;
  private final BooleanSupplier isWritten;

  /**
   * Of a book.
   *
   * @param isWritten whether events come as they happen
   */
  public IndexReader(RecordingIndex recordingIndex, BooleanSupplier isWritten) {
    this.recordingIndex = recordingIndex;
    this.isWritten = isWritten;
  }

  /** The first record that came at a time or later, or the one behind the last. */
  public long firstRecordAt(long wallMs) {
    BlockLocation block = recordingIndex.index().block(recordingIndex.index().firstBlockAt(wallMs));
    return block == null ? recordingIndex.index().nextRecord() : block.firstRecord();
  }

  /** Those open, and those of which records are kept. */
  public List<CapturedSource> sources() {
    long now = nowMs();
    return recordingIndex.sources().all().stream().map(source -> source.row(now)).toList();
  }

  /** One of those. */
  public Optional<CapturedSource> source(int number) {
    return Optional.ofNullable(recordingIndex.sources().number(number))
        .map(found -> found.row(nowMs()));
  }

  /** The last containers of a source, at most so many; those of which blocks are kept. */
  public List<StreamContainer> containers(int source, int most) {
    IndexedSource entry = recordingIndex.sources().number(source);
    return entry == null ? List.of() : entry.containers().last(most);
  }

  /** Blocks of a source that are kept, from the one at this place on, at most so many. */
  public List<StreamBlock> blocks(int source, int from, int most) {
    return recordingIndex.index().blocksOf(source, from, most).stream()
        .map(
            block ->
                new StreamBlock(
                    block.number(),
                    block.offset(),
                    block.wallMs(),
                    block.firstRecord(),
                    block.records(),
                    block.length(),
                    block.damaged()))
        .toList();
  }

  /** In the order in which they came. */
  public List<CapturedTopic> topics() {
    return recordingIndex.topics().rows(nowMs());
  }

  /** From the first event to the last. */
  public TimeRange timeRange() {
    return new TimeRange(recordingIndex.firstMs(), recordingIndex.clock().lastMs());
  }

  /** The time that rates are of: in what was opened, that of the last event. */
  public long nowMs() {
    return isWritten.getAsBoolean()
        ? recordingIndex.clock().nowMs()
        : recordingIndex.clock().lastMs();
  }
}
