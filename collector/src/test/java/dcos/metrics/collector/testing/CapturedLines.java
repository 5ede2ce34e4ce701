// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lines that a process has written so far, read by a thread of its own. Thread-safe. */
final class CapturedLines {
  private final InputStream stream;
  private final Thread reader;
  // Guarded by this, which is notified of every change.
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  CapturedLines(InputStream stream, String name) {
    this.stream = stream;
    this.reader = Thread.ofPlatform().daemon().name(name).unstarted(this::read);
  }

  void start() {
    reader.start();
  }

  synchronized List<String> all() {
    return List.copyOf(lines);
  }

  /**
   * The first line from an index on that holds a match, as soon as it is there.
   *
   * @return empty if there is none in time, or none before the process has closed its end
   */
  synchronized Optional<String> await(Pattern pattern, int from, Duration limit)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int next = from;
    while (true) {
      for (; next < lines.size(); next++) {
        if (pattern.matcher(lines.get(next)).find()) {
          return Optional.of(lines.get(next));
        }
      }
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (ended || left <= 0) {
        return Optional.empty();
      }
      wait(left);
    }
  }

  /** Waits until the process's last line has been read. */
  void awaitEnd() throws InterruptedException {
    reader.join();
  }

  private void read() {
    try (var in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(no further lines: " + e.getMessage() + ")");
    } finally {
      end();
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
