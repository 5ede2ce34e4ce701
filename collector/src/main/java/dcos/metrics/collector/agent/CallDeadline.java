// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.settings.Options;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okio.AsyncTimeout;

/**
 * Limits how long is waited for one call's answer, headers and body together, however slowly it
 * trickles in. Only the waiting counts: while records wait for memory the limit stands still, which
 * the client's own call timeout would not. Not thread-safe.
 */
final class CallDeadline extends AsyncTimeout {
  private final Call call;
  private final Duration limit;
  private long leftNanos;
  private boolean answering;
  // Written by the watchdog.
  private volatile boolean expired;

  /** Something that waits for the network. */
  @FunctionalInterface
  interface Wait<T> {
    T run() throws IOException;
  }

  CallDeadline(Call call, Duration limit) {
    this.call = call;
    this.limit = limit;
    this.leftNanos = limit.toNanos();
  }

  /** Waits within what is left; past that the call is cancelled. */
  <T> T spend(Wait<T> wait) throws IOException {
    if (leftNanos <= 0) {
      throw tooLong();
    }
    timeout(leftNanos, TimeUnit.NANOSECONDS);
    long began = System.nanoTime();
    enter();
    try {
      return wait.run();
    } catch (IOException e) {
      throw expired ? tooLong() : e;
    } finally {
      exit();
      leftNanos -= System.nanoTime() - began;
    }
  }

  /** The body of the answer, whose reads are waited for within the limit. */
  InputStream limited(InputStream body) {
    answering = true;
    return new FilterInputStream(body) {
      @Override
      public int read() throws IOException {
        return spend(in::read);
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return spend(() -> in.read(into, offset, length));
      }
    };
  }

  @Override
  protected void timedOut() {
    expired = true;
    call.cancel();
  }

  private IOException tooLong() {
    String within = " within " + limit.toMillis() + " ms";
    return answering
        ? new UnusableAnswerException(
            "got only a part of an answer" + within + ", must be complete by then",
            Options.AGENT_TIMEOUT)
        : new NoAnswerException("got nothing" + within, Options.AGENT_TIMEOUT);
  }
}
