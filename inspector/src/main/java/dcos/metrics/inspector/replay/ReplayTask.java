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
public final class ReplayTask implements AutoCloseable {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /**
   * How far it is.
   *
   * @param share of the files' bytes, 0 to 1
   * @param records that were sent of recordings; of other files they are not counted
   * @param bytes that were sent
   */
  public record SendProgress(double share, long records, long bytes) {
    static final SendProgress NONE = new SendProgress(0, 0, 0);
  }

  /** How it ended. */
  public sealed interface ReplayResult {
    /**
     * It came to the end.
     *
     * @param unsent why some of the input was not sent, one line for each reason; empty if all was
     */
    record Replayed(SendProgress progress, List<String> unsent) implements ReplayResult {
      public Replayed {
        unsent = List.copyOf(unsent);
      }
    }

    /** It was closed before. */
    record ReplayStopped(SendProgress progress) implements ReplayResult {}

    /** Why not all was sent, in one line. */
    record ReplayFailed(String reason, SendProgress progress) implements ReplayResult {}
  }

  /** Told on the run's own thread. */
  public interface ReplayListener {
    /** A few times a second. */
    void progressed(SendProgress progress);

    /** Told once, at the end. */
    void ended(ReplayResult ending);
  }

  private final List<Path> files;
  private final Endpoint to;
  private final Speed speed;
  private final ReplayListener listener;
  // A virtual one: an interrupt ends its waiting for a collector that does not read.
  private final Thread thread = Thread.ofVirtual().name("replay").unstarted(this::run);
  private volatile boolean stopped;
  // The thread's only.
  private long totalBytes;
  private long doneBytes;
  private SendProgress progress = SendProgress.NONE;

  /**
   * Starts nothing.
   *
   * @param files recordings or containers of MetricList, sent in this order
   */
  public ReplayTask(List<Path> files, Endpoint to, Speed speed, ReplayListener listener) {
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

  private ReplayResult send() {
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
      return stopped
          ? new ReplayResult.ReplayStopped(progress)
          : new ReplayResult.Replayed(progress, unsent);
    } catch (NoSuchFileException e) {
      return new ReplayResult.ReplayFailed(e.getFile() + ": no such file", progress);
    } catch (IOException e) {
      return stopped
          ? new ReplayResult.ReplayStopped(progress)
          : new ReplayResult.ReplayFailed(String.valueOf(e.getMessage()), progress);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new ReplayResult.ReplayStopped(progress);
    }
  }

  private void took(Replay.ReplayProgress now) {
    // Told once more when it has ended: of no file at hand.
    took(now, doneBytes == totalBytes ? 0 : now.fileBytes());
    listener.progressed(progress);
  }

  private void took(Replay.ReplayProgress now, long fileBytes) {
    double share = totalBytes == 0 ? 1 : (doneBytes + fileBytes) / (double) totalBytes;
    progress = new SendProgress(Math.clamp(share, 0, 1), now.records(), now.bytes());
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
