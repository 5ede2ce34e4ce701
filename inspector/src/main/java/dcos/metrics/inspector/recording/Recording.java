// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.inspector.recording.decode.DecodedBlockCache;
import dcos.metrics.inspector.recording.decode.DecodedRecord;
import dcos.metrics.inspector.recording.decode.LimitCrossing;
import dcos.metrics.inspector.recording.decode.RecordReader;
import dcos.metrics.inspector.recording.index.IndexReader;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.open.FileLoader;
import dcos.metrics.inspector.recording.save.RecordingCopy;
import dcos.metrics.inspector.recording.save.RecordingSaver;
import dcos.metrics.inspector.recording.search.RecordScan;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.search.SeriesSearch;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.series.SeriesList;
import dcos.metrics.inspector.recording.series.SeriesOrder;
import dcos.metrics.inspector.recording.series.SeriesTable;
import dcos.metrics.inspector.recording.state.CapturedAgent;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import dcos.metrics.inspector.recording.state.ErrorEntry;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import dcos.metrics.inspector.recording.state.LoadingProgress;
import dcos.metrics.inspector.recording.state.MessageRecordRange;
import dcos.metrics.inspector.recording.state.RecordRates;
import dcos.metrics.inspector.recording.state.SaveResult;
import dcos.metrics.inspector.recording.state.StorageUsage;
import dcos.metrics.inspector.recording.state.TimeRange;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.inspector.recording.store.BlockIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a pipeline, from the first event to the last, which may still be to come: a
 * pipeline in this process, a recording's file and a collector that is attached to all write into
 * one of these. Views pull from it whenever {@link #version} has changed. Thread-safe.
 */
public final class Recording implements AutoCloseable {
  private final Path folder;
  private final IngestQueue intake;
  // Guarded by its lock, as what it hands out is.
  private final RecordingIndex recordingIndex;
  private final IndexReader rows;
  private final SeriesTable series;
  private final SeriesList seriesList;
  private final DecodedBlockCache decoded = new DecodedBlockCache();
  private final RecordReader reader;
  private final SourceContents contents;
  private final EventIngest ingest;
  private final SeriesDecoder follower;
  // Set before it is handed out.
  private @Nullable FileLoader opener;
  private final AtomicInteger finds = new AtomicInteger();
  private final AtomicLong version = new AtomicLong();

  /**
   * Starts nothing, but creates a folder for the bytes.
   *
   * @param temporary in which that folder is created
   * @throws IOException if it cannot be created
   */
  public Recording(RecordingLimits limits, Path temporary) throws IOException {
    this.folder = Files.createTempDirectory(Files.createDirectories(temporary), "inspector");
    this.intake = new IngestQueue(limits.queueEvents(), limits.queueBytes());
    this.recordingIndex =
        new RecordingIndex(
            new BlockIndex(folder, limits.diskBytes(), limits.indexBytes()),
            limits.deliveryBytes(),
            System::nanoTime);
    this.rows = new IndexReader(recordingIndex, () -> opener == null);
    this.series = new SeriesTable(limits.series(), limits.points(), 0);
    this.seriesList = new SeriesList(series, _ -> true);
    this.reader = new RecordReader(recordingIndex, decoded);
    this.contents = new SourceContents(recordingIndex, rows, reader);
    this.ingest = new EventIngest(intake, recordingIndex, this::changed);
    this.follower = new SeriesDecoder(recordingIndex, series, seriesList, this::changed);
  }

  /**
   * Opens files: recordings, several of which are one, containers of MetricLists, a collector's
   * logs. Their bytes stay where they are, but for a log's. Nothing is read before {@link #start}.
   *
   * @throws IOException if one is none of these, or cannot be read: one line, naming it
   */
  public static Recording open(List<Path> files, RecordingLimits limits, Path temporary)
      throws IOException {
    var recording = new Recording(limits, temporary);
    try {
      recording.opener = new FileLoader(files, recording.recordingIndex, recording::changed);
      return recording;
    } catch (IOException e) {
      recording.close();
      throw e;
    }
  }

  /** Begins to take what comes, and to read what was opened. */
  public void start() {
    ingest.start();
    follower.start();
    if (opener != null) {
      opener.start();
    }
  }

  /** How far the opened files have been read. */
  public LoadingProgress loading() {
    return opener == null ? LoadingProgress.NONE : opener.loading();
  }

  /** For callers that must not wait: events that do not fit are skipped and counted. */
  public EventSink sink() {
    return intake;
  }

  /**
   * For callers that must not skip events: waits for room.
   *
   * @throws InterruptedException if interrupted meanwhile
   */
  public void put(Event event) throws InterruptedException {
    intake.put(event);
  }

  /** Takes how many events of a newer version were skipped so far. */
  public void setUnknownEvents(long total) {
    recordingIndex.lock().lock();
    try {
      recordingIndex.missing().setUnknownEvents(total);
    } finally {
      recordingIndex.lock().unlock();
    }
    changed();
  }

  /** Changes whenever something else does. */
  public long version() {
    return version.get();
  }

  /** Whether everything that came so far has been taken in, the series included. */
  public boolean isSettled() {
    return loading().done() && intake.isDone() && follower.isAtEnd();
  }

  /** How many records there have been; the next one gets this number. */
  public long recordCount() {
    return recordingIndex.ask(recordingIndex.index()::nextRecord);
  }

  /** The number of the oldest record that is still kept. */
  public long firstRecord() {
    return recordingIndex.ask(recordingIndex.index()::firstRecord);
  }

  /** The first record that came at a time or later; {@link #recordCount} if none did. */
  public long firstRecordAt(long wallMs) {
    return recordingIndex.ask(() -> rows.firstRecordAt(wallMs));
  }

  /** At most this many kept records from a number on; decodes only the blocks that hold them. */
  public List<CapturedRecord> records(long from, int most) {
    return reader.records(from, most);
  }

  /** A record as bytes in our encoding, and what every byte of it means. */
  public Optional<DecodedRecord> detail(long record) {
    return reader.detail(record);
  }

  /** A record, and where it went. */
  public Optional<TracedRecord> trace(long record) {
    return reader.trace(record);
  }

  /** What had used up the input limit that a record was throttled by, if known. */
  public Optional<LimitCrossing.SpentAllowance> limitSpent(
      long record, long limitBytes, long periodMs) {
    return new LimitCrossing(recordingIndex, reader).before(record, limitBytes, periodMs);
  }

  /** How many messages there have been; the next one gets this number. */
  public long deliveryCount() {
    return recordingIndex.ask(recordingIndex.deliveries()::count);
  }

  /** Messages from a number on, at most so many. */
  public List<CapturedDelivery> deliveries(long from, int most) {
    return recordingIndex.ask(() -> reader.deliveries(from, most));
  }

  /** What is being collected for each topic, and no message yet. */
  public List<CapturedDelivery> batching() {
    return recordingIndex.ask(recordingIndex.topics()::batching);
  }

  /** The numbers of a message's records, in its order, as far as they are kept. */
  public long[] recordsOf(long delivery) {
    return recordingIndex.ask(() -> reader.recordsOf(delivery));
  }

  /** Where a message's records came from, in its order; as far as they are kept. */
  public List<MessageRecordRange> rangesOf(long delivery) {
    return recordingIndex.ask(() -> reader.rangesOf(delivery));
  }

  /** Those open, and those of which records are kept. */
  public List<CapturedSource> sources() {
    return recordingIndex.ask(rows::sources);
  }

  public Optional<CapturedSource> source(int number) {
    return recordingIndex.ask(() -> rows.source(number));
  }

  /** The containers and blocks of sources. */
  public SourceContents contents() {
    return contents;
  }

  /** Searches for the query; to be closed when the results are not shown any more. */
  public SearchResults find(SearchQuery query) {
    SeriesSearch found = SeriesSearch.of(query, series, finds.incrementAndGet());
    var findings = new SearchResults(query, found, recordingIndex, reader, this::changed);
    findings.start();
    return findings;
  }

  /** Goes over the records that are wanted of those that there are now. */
  public RecordScan walk(SearchQuery query) {
    return new RecordScan(query, recordingIndex, reader);
  }

  /**
   * Writes the kept events as a recording, without those that come meanwhile. For opened recordings
   * these are all events, otherwise the facts about each record, message and source. Reopened, it
   * has the same counts. The stream stays open.
   *
   * @param stopped checked now and then: if true, nothing more is written
   * @param onProgress called now and then with a share, 0 to 1
   */
  public SaveResult save(OutputStream out, BooleanSupplier stopped, DoubleConsumer onProgress)
      throws IOException {
    List<Path> files = opener == null ? List.of() : opener.recordings();
    return files.isEmpty()
        ? RecordingSaver.write(recordingIndex, out, stopped, onProgress)
        : RecordingCopy.write(files, out, stopped, onProgress);
  }

  /** How many sources are not among those any more. */
  public long sourcesForgotten() {
    return recordingIndex.ask(recordingIndex.sources()::foldedSources);
  }

  public List<CapturedTopic> topics() {
    return recordingIndex.ask(rows::topics);
  }

  public CapturedKafka kafka() {
    return recordingIndex.ask(recordingIndex::kafka);
  }

  public CapturedAgent agent() {
    return recordingIndex.ask(recordingIndex::agent);
  }

  /** The collector's settings, as lines of an environment; empty if nobody said. */
  public List<String> settings() {
    return recordingIndex.ask(recordingIndex::settings);
  }

  /** The ledger's equation. */
  public LedgerTotals ledger() {
    return recordingIndex.ask(recordingIndex::ledger);
  }

  /** What went wrong, the last of it; oldest first. */
  public List<ErrorEntry> errors() {
    return recordingIndex.ask(recordingIndex.errors()::last);
  }

  /** How often something went wrong. */
  public long errorCount() {
    return recordingIndex.ask(recordingIndex.errors()::count);
  }

  /** The rate over the whole recording. */
  public RecordRates rates() {
    return recordingIndex.ask(recordingIndex::rates);
  }

  /** The time where it is written, in milliseconds since the epoch; of files, that of their end. */
  public long nowMs() {
    return recordingIndex.ask(rows::nowMs);
  }

  /** When the first and the last event happened, in milliseconds since the epoch. */
  public TimeRange timeRange() {
    return recordingIndex.ask(rows::timeRange);
  }

  /** All series that are known, in the order in which they came; the list never changes. */
  public List<Series> series() {
    return seriesList.all();
  }

  /** The same in the order that was asked for, as it was a moment ago. */
  public List<Series> sortedSeries() {
    return seriesList.sorted();
  }

  /** Requests an order of {@link #sortedSeries}, which follows soon. */
  public void sortSeries(SeriesOrder order) {
    seriesList.sort(order);
  }

  /** What is kept, and what is not. */
  public StorageUsage storage() {
    return recordingIndex.ask(
        () ->
            new StorageUsage(
                recordingIndex.index().diskBytes(),
                recordingIndex.index().memoryBytes() + recordingIndex.deliveries().memoryBytes(),
                recordingIndex.index().droppedRecords(),
                recordingIndex.deliveries().first(),
                series.size(),
                series.dropped(),
                series.datapoints(),
                recordingIndex.missing().damagedBlocks(),
                recordingIndex.missing().damagedRecords(),
                recordingIndex.missing().unknownEvents(),
                ingest.problem()));
  }

  /** Stops, and deletes its files. Does not wait for events that have not been taken yet. */
  @Override
  public void close() {
    intake.close();
    if (opener != null) {
      opener.close();
    }
    ingest.close();
    follower.close();
    recordingIndex.close();
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + folder, e);
    }
  }

  private void changed() {
    version.incrementAndGet();
  }
}
