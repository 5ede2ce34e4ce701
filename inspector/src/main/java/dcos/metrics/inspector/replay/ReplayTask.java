// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.replay;

import dcos.metrics.collector.playback.PlaybackInput;
import dcos.metrics.collector.playback.Replay;
import dcos.metrics.collector.playback.Speed;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One sending of files into a collector, on a thread of its own. Started once. */
public final class ReplayRun implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /**
   * How far it is.
   *
   * @param share of the files' bytes, 0 to 1
   * @param records that were sent of recordings; of other files they are not counted
   * @param bytes that were sent
   */
  public record Progress(double share, long records, long bytes) {
    static final Progress NONE = new Progress(0, 0, 0);
  }

  /** How it ended. */
  public sealed interface Ending {
    /**
     * It came to the end.
     *
     * @param unsent why some of the input was not sent, one line for each reason; empty if all was
     */
    record Done(Progress progress, List<String> unsent) implements Ending {
      public Done {
        unsent = List.copyOf(unsent);
      }
    }

    /** It was closed before. */
    record Stopped(Progress progress) implements Ending {}

    /** Why not all was sent, in one line. */
    record Failed(String reason, Progress progress) implements Ending {}
  }

  /** Told on the run's own thread. */
  public interface Listener {
    /** A few times a second. */
    void progressed(Progress progress);

    /** Told once, at the end. */
    void ended(Ending ending);
  }

  private final List<Path> files;
  private final Endpoint to;
  private final Speed speed;
  private final Listener listener;
  // A virtual one: an interrupt ends its waiting for a collector that does not read.
  private final Thread thread = Thread.ofVirtual().name("replay").unstarted(this::run);
  private volatile boolean stopped;
  // The thread's only.
  private long totalBytes;
  private long doneBytes;
  private Progress progress = Progress.NONE;

  /**
   * Starts nothing.
   *
   * @param files recordings or containers of MetricList, sent in this order
   */
  public ReplayRun(List<Path> files, Endpoint to, Speed speed, Listener listener) {
    this.files = List.copyOf(files);
    this.to = to;
    this.speed = speed;
    this.listener = listener;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    listener.ended(send());
  }

  private Ending send() {
    List<String> unsent;
    try {
      for (Path file : files) {
        totalBytes += Files.size(file);
      }
      try (var replay = new Replay(to, speed.times(), this::took)) {
        for (Path file : files) {
          replay.send(PlaybackInput.of(file));
          doneBytes += Files.size(file);
          took(replay.progress(), 0);
        }
        unsent = replay.unsent();
      }
      return stopped ? new Ending.Stopped(progress) : new Ending.Done(progress, unsent);
    } catch (NoSuchFileException e) {
      return new Ending.Failed(e.getFile() + ": no such file", progress);
    } catch (IOException e) {
      return stopped
          ? new Ending.Stopped(progress)
          : new Ending.Failed(String.valueOf(e.getMessage()), progress);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Ending.Stopped(progress);
    }
  }

  private void took(Replay.Progress now) {
    // Told once more when it has ended: of no file at hand.
    took(now, doneBytes == totalBytes ? 0 : now.fileBytes());
    listener.progressed(progress);
  }

  private void took(Replay.Progress now, long fileBytes) {
    double share = totalBytes == 0 ? 1 : (doneBytes + fileBytes) / (double) totalBytes;
    progress = new Progress(Math.clamp(share, 0, 1), now.records(), now.bytes());
  }

  /** Stops it where it is, if it still runs; waits some seconds at most. */
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    if (!thread.isAlive()) {
      return;
    }
    try {
      thread.join(CLOSE_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
