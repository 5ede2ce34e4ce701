// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.open;

import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.LoadingProgress;
import dcos.metrics.inspector.recording.thread.BackgroundThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads files into a recording, on a thread of its own: finds out what they are, then enters what
 * is in them.
 */
public final class FileLoader implements AutoCloseable {
  private static final int MAGIC_BYTES = 3;

  private final IndexFeed feed;
  private final List<Path> recordings = new ArrayList<>();
  private final List<Path> containers = new ArrayList<>();
  private final List<Path> logs = new ArrayList<>();
  private final long totalBytes;
  private final BackgroundThread worker = new BackgroundThread("inspector-open", this::run);
  private volatile boolean done;
  private volatile String problem = "";

  /**
   * Looks at each file, and reads none of them yet.
   *
   * @throws IOException if one is none that can be read: one line, naming it
   */
  public FileLoader(List<Path> files, RecordingIndex recordingIndex, Runnable changed)
      throws IOException {
    feed = new IndexFeed(recordingIndex, changed);
    long bytes = 0;
    for (Path file : files) {
      try {
        sort(file);
        bytes += Files.size(file);
      } catch (NoSuchFileException _) {
        throw new IOException(file + ": no such file");
      } catch (MalformedContainerException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
    totalBytes = bytes;
  }

  /** Where readers enter what they read. */
  record IndexFeed(RecordingIndex recordingIndex, Runnable changed, ReadProgress progress) {
    IndexFeed(RecordingIndex recordingIndex, Runnable changed) {
      this(recordingIndex, changed, new ReadProgress());
    }

    /** Does something with the book, with the lock held. */
    void enter(Runnable action) {
      recordingIndex.lock().lock();
      try {
        action.run();
      } finally {
        recordingIndex.lock().unlock();
      }
      changed.run();
    }
  }

  /** Written by the reading thread, read by any. */
  static final class ReadProgress {
    final AtomicLong readBytes = new AtomicLong();
    final AtomicLong skipped = new AtomicLong();
    volatile boolean stopped;
  }

  /** Begins to read. */
  public void start() {
    worker.start();
  }

  /** The recordings, if nothing else was opened; else none. */
  public List<Path> recordings() {
    return containers.isEmpty() && logs.isEmpty() ? recordings : List.of();
  }

  /** How far it is. */
  public LoadingProgress loading() {
    return new LoadingProgress(
        done ? totalBytes : Math.min(feed.progress().readBytes.get(), totalBytes),
        totalBytes,
        done,
        feed.progress().skipped.get(),
        problem);
  }

  private void sort(Path file) throws IOException {
    byte[] magic;
    try (InputStream in = Files.newInputStream(file)) {
      magic = in.readNBytes(MAGIC_BYTES);
    }
    if (magic.length < MAGIC_BYTES || magic[0] != 'O' || magic[1] != 'b' || magic[2] != 'j') {
      TextLogReader.check(file);
      logs.add(file);
    } else if (EventReader.isRecording(file)) {
      EventReader.open(file, false).close(); // refuses one that does not resolve
      recordings.add(file);
    } else {
      ContainerFileReader.check(file);
      containers.add(file);
    }
  }

  private void run() {
    if (!recordings.isEmpty()) {
      read(() -> new RecordingFilesReader(recordings, feed).read());
    }
    for (Path file : containers) {
      read(() -> new ContainerFileReader(file, feed).read());
    }
    for (Path file : logs) {
      read(() -> new TextLogReader(file, feed).read());
    }
    done = true;
    feed.changed().run();
  }

  /** Reads something. */
  @FunctionalInterface
  private interface FileReading {
    void read() throws IOException;
  }

  /** The others are read although one cannot be. */
  private void read(FileReading reading) {
    try {
      reading.read();
    } catch (UncheckedIOException | IOException e) {
      problem = String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    feed.progress().stopped = true;
    worker.close();
  }
}
