// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events into files as they happen, and never blocks the caller: events that its thread
 * cannot keep up with are left out and counted. A disk that fails ends the recording, with one
 * line, and nothing else. Thread-safe.
 */
public final class Recorder implements EventSink, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Recorder.class);
  private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Settings.RecordingSettings settings;
  private final Set<RecordingTrack> tracks;
  private final Supplier<Event.Snapshot> snapshot;
  private final RecordingDirectory.Opener opener;
  private final RecordingDirectory folder;
  private final EventQueue queue;
  private final Thread thread = Thread.ofPlatform().daemon().name("recorder").unstarted(this::run);
  private volatile boolean ended;

  // The recorder's thread only.
  private final Map<RecordingTrack, OpenFile> files = new EnumMap<>(RecordingTrack.class);
  private final OpenSources sources = new OpenSources();
  private long lastFlush = System.nanoTime();

  /** A file that is being written, and its identity when it was created. */
  private record OpenFile(Path path, EventWriter writer, @Nullable Object identity) {
    /** Whether nobody would find any more what is written here. */
    boolean isGone() {
      Object now = RecordingDirectory.identity(path);
      return now == null || !now.equals(identity);
    }
  }

  /**
   * Starts nothing.
   *
   * @param queueBytes what may wait to be written
   * @param snapshot the current state, for the files that begin later
   */
  public Recorder(
      Settings.RecordingSettings settings,
      boolean input,
      boolean output,
      long queueBytes,
      Supplier<Event.Snapshot> snapshot) {
    this(settings, input, output, queueBytes, snapshot, RecordingDirectory::create);
  }

  Recorder(
      Settings.RecordingSettings settings,
      boolean input,
      boolean output,
      long queueBytes,
      Supplier<Event.Snapshot> snapshot,
      RecordingDirectory.Opener opener) {
    this.settings = settings;
    this.tracks = EnumSet.noneOf(RecordingTrack.class);
    if (input) {
      tracks.add(RecordingTrack.INPUT);
    }
    if (output) {
      tracks.add(RecordingTrack.OUTPUT);
    }
    this.snapshot = snapshot;
    this.opener = opener;
    this.folder = new RecordingDirectory(settings.dir().orElseThrow(), settings.limitBytes());
    this.queue = new EventQueue(tracks, queueBytes);
  }

  /**
   * The memory that what waits to be written may keep, in bytes.
   *
   * @param maxBlockBytes the largest block that is taken in
   */
  public static long queueBytes(int maxBlockBytes) {
    return Math.max(EventQueue.MIN_BYTES, maxBlockBytes);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void accept(Event event) {
    if (!ended) {
      queue.offer(event);
    }
  }

  /** Writes the events accepted so far, for at most this long. Idempotent. */
  public void close(Duration timeout) {
    queue.close();
    try {
      if (thread.isAlive() && !thread.join(timeout)) {
        queue.abandon();
        logger
            .atWarn()
            .addKeyValue("timeout_ms", timeout.toMillis())
            .log("the recording could not be written to its end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As with a timeout of a second. */
  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  private void run() {
    try {
      while (!queue.isFinished()) {
        EventQueue.QueuedEvent entry = queue.take(untilFlush());
        if (entry != null) {
          write(entry);
        }
        if (untilFlush() <= 0) {
          flush();
        }
      }
      for (OpenFile file : files.values()) {
        file.writer().close();
      }
      files.clear();
    } catch (IOException | RuntimeException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } finally {
      ended = true;
      queue.abandon();
    }
  }

  private void write(EventQueue.QueuedEvent entry) throws IOException {
    for (RecordingTrack track : tracks) {
      if (entry.only() == null || entry.only() == track) {
        write(track, entry.event());
      }
    }
    sources.see(entry.event());
    if (entry.event() instanceof Event.Skipped) {
      sources.replaceBy(snapshot.get());
    }
  }

  private void write(RecordingTrack track, Event event) throws IOException {
    OpenFile file = files.get(track);
    if (file != null
        && file.writer().bytesWritten() + EventWriter.BLOCK_BYTES > settings.fileBytes()) {
      files.remove(track);
      file.writer().close();
      file = null;
    }
    if (file == null) {
      file = event instanceof Event.Snapshot ? open(track) : openWithSnapshot(track);
    }
    file.writer().write(event);
  }

  private OpenFile openWithSnapshot(RecordingTrack track) throws IOException {
    OpenFile file = open(track);
    file.writer().write(sources.complete(snapshot.get()));
    return file;
  }

  private OpenFile open(RecordingTrack track) throws IOException {
    Path path = folder.next(track, Instant.now());
    Set<Path> open = new HashSet<>();
    files.values().forEach(file -> open.add(file.path()));
    folder.makeRoom(open, tracks.size() * settings.fileBytes());
    var writer = new EventWriter(opener.open(path));
    var file = new OpenFile(path, writer, RecordingDirectory.identity(path));
    files.put(track, file);
    return file;
  }

  private void flush() throws IOException {
    lastFlush = System.nanoTime();
    for (RecordingTrack track : Set.copyOf(files.keySet())) {
      OpenFile file = Objects.requireNonNull(files.get(track), "it is open");
      file.writer().flush();
      if (file.isGone()) {
        logger
            .atWarn()
            .addKeyValue("file", file.path())
            .log("recording was deleted or replaced; continuing in a new file");
        files.remove(track);
        file.writer().abandon();
        openWithSnapshot(track).writer().flush();
      }
    }
  }

  private long untilFlush() {
    return lastFlush + FLUSH_NANOS - System.nanoTime();
  }

  private void fail(Exception cause) {
    ended = true;
    logger
        .atWarn()
        .addKeyValue("folder", settings.dir().orElseThrow())
        .addKeyValue("cause", cause.toString())
        .log("recording stopped; the collector continues without it");
    for (OpenFile file : files.values()) {
      try {
        file.writer().abandon();
      } catch (IOException e) {
        logger.atDebug().addKeyValue("cause", e.toString()).log("a recording did not close well");
      }
    }
    files.clear();
  }
}
