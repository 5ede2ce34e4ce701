// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.search.RecordScan;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.SaveResult;
import dcos.metrics.inspector.workspace.View;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes what is wanted of a recording, as a view shows it, into a file, in the background: row by
 * row, so that however long it is it takes little memory. What comes meanwhile is not in it. The
 * file appears when it is whole; until then it is one beside it, whose name ends with {@code
 * .part}.
 */
public final class ExportTask implements AutoCloseable {
  /** The ends of names that are understood. */
  public static final String ENDS = ".csv or .jsonl";

  private static final int PAGE = 500;
  private static final long WAIT_NANOS = 10_000_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** What is exported. */
  public sealed interface ExportContent {
    /**
     * The rows of a view, as CSV or JSON lines.
     *
     * @param query which of the rows
     */
    record Rows(View view, SearchQuery query) implements ExportContent {}

    /** All of the recording, as one that can be opened again. */
    record WholeRecording() implements ExportContent {}
  }

  /** How it ended. */
  public sealed interface ExportResult {
    /**
     * The file is there.
     *
     * @param rows that were written
     * @param dropped how many of the oldest were not kept any more, of those that there were
     * @param unknownEvents how many events of a later version a recording has lost
     */
    record Exported(long rows, long dropped, long unknownEvents) implements ExportResult {}

    /** It was closed before; no file was written. */
    record ExportStopped() implements ExportResult {}

    /** No file was written: why, in one line. */
    record ExportFailed(String reason) implements ExportResult {}
  }

  /** Told on the export's own thread. */
  public interface ExportListener {
    /**
     * How far it is; a few times a second.
     *
     * @param share 0 to 1
     */
    void progressed(double share, long rows);

    /** Told once, at the end. */
    void ended(ExportResult ending);
  }

  /** Writes the content of the file. */
  private interface Body {
    /** Returns how many of the oldest rows are missing because they were not kept. */
    long write(OutputStream out) throws IOException;
  }

  private final Recording recording;
  private final Path file;
  private final Path part;
  private final Body body;
  private final ExportListener listener;
  private final ExportProgress progress;
  private final Thread thread = Thread.ofPlatform().daemon().name("export").unstarted(this::run);
  private volatile boolean stopped;
  // Its thread only.
  private long unknownEvents;

  /**
   * Starts nothing.
   *
   * @param file replaced if it exists; of {@link ExportContent.Rows}, its name ends with one of
   *     {@link #ENDS}, which selects the format
   * @throws IllegalArgumentException if the name of a file of rows ends otherwise
   */
  public ExportTask(
      Recording recording, ExportContent content, Path file, ExportListener listener) {
    this.recording = recording;
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.listener = listener;
    this.progress = new ExportProgress(listener);
    this.body = body(content);
  }

  private Body body(ExportContent content) {
    return switch (content) {
      case ExportContent.Rows(View view, SearchQuery query) -> {
        ExportFormat format = format(file);
        yield out -> rows(format, view, query, out);
      }
      case ExportContent.WholeRecording() -> this::wholeRecording;
    };
  }

  private static ExportFormat format(Path file) {
    return ExportFormat.of(file)
        .orElseThrow(() -> new IllegalArgumentException(file + ": its name must end with " + ENDS));
  }

  public void start() {
    thread.start();
  }

  private void run() {
    listener.ended(export());
  }

  private ExportResult export() {
    try {
      try {
        long dropped;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
          dropped = body.write(out);
        }
        if (stopped) {
          return new ExportResult.ExportStopped();
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return new ExportResult.Exported(progress.rows(), dropped, unknownEvents);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      return new ExportResult.ExportFailed(reason(e));
    }
  }

  private long wholeRecording(OutputStream out) throws IOException {
    SaveResult saved = recording.save(out, () -> stopped, progress::tell);
    progress.wrote(saved.records());
    unknownEvents = saved.unknownEvents();
    return saved.dropped();
  }

  private long rows(ExportFormat format, View view, SearchQuery query, OutputStream out)
      throws IOException {
    try (RowWriter rows = format.open(out, view)) {
      return switch (view) {
        case METRICS -> metrics(rows, query);
        case RECORDS -> records(rows, query);
        case DELIVERIES -> deliveries(rows, query);
      };
    }
  }

  private long metrics(RowWriter rows, SearchQuery query) throws IOException {
    if (query.equals(SearchQuery.ALL)) {
      return metrics(rows, recording.series());
    }
    try (SearchResults found = found(query)) {
      return metrics(rows, found.series());
    }
  }

  private long metrics(RowWriter rows, List<Series> all) throws IOException {
    for (int i = 0; i < all.size() && !stopped; i++) {
      rows.write(all.get(i));
      progress.wrote(1);
      progress.tell((i + 1.0) / all.size());
    }
    return recording.storage().droppedSeries();
  }

  private long records(RowWriter rows, SearchQuery query) throws IOException {
    RecordScan walk = recording.walk(query);
    while (!stopped && walk.nextBlock()) {
      while (!stopped && walk.next()) {
        rows.write(walk.record());
        progress.wrote(1);
      }
      progress.tell(walk.progress());
    }
    return walk.dropped();
  }

  private long deliveries(RowWriter rows, SearchQuery query) throws IOException {
    if (query.equals(SearchQuery.ALL)) {
      return deliveries(rows, recording.deliveryCount(), recording::deliveries);
    }
    try (SearchResults found = found(query)) {
      return deliveries(rows, found.deliveryCount(), found::deliveries);
    }
  }

  /** A page of messages. */
  private interface RowPage {
    List<CapturedDelivery> read(long from, int most);
  }

  private long deliveries(RowWriter rows, long end, RowPage page) throws IOException {
    long written = 0;
    for (long next = 0; next < end && !stopped; next += PAGE) {
      for (CapturedDelivery delivery : page.read(next, (int) Math.min(PAGE, end - next))) {
        rows.write(delivery);
        progress.wrote(1);
        written++;
      }
      progress.tell(Math.min(1, (next + PAGE) / (double) end));
    }
    return end - written;
  }

  /** What is wanted of what there is now; to be closed. */
  private SearchResults found(SearchQuery query) {
    SearchResults found = recording.find(query);
    while (!stopped && !found.isCurrent()) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
    return found;
  }

  /** Some say no more than the name of the file. */
  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }

  /**
   * Stops it where it is, if it still runs, and takes the part away. Waits some seconds at most.
   */
  @Override
  public void close() {
    stopped = true;
    if (!thread.isAlive()) {
      return;
    }
    try {
      // Not interrupted: that would close the recording's files under the hands of others.
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
