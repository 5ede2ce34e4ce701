// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import dcos.metrics.inspector.recording.Recording;

/**
 * A recording and its source. Started once, closed once; thread-safe. Outcomes and failures are
 * reported to the {@link SessionListener} that the session was created with.
 */
public sealed interface Session extends AutoCloseable permits FileSession, GrowingSession {
  /** Called on any thread, but never by a constructor. */
  interface SessionListener {
    /** The start of a capture is over; called once per started capture, unless it was stopped. */
    void started(LiveSession capture, StartResult result);

    /**
     * Nothing more arrives: the collector is gone, or the pipeline cannot continue.
     *
     * @param reason one line
     */
    void failed(GrowingSession session, String reason);
  }

  /** What the source adds to; open until the session is closed. */
  Recording recording();

  /** Such as {@code live 127.0.0.1:8124}. */
  String title();

  /** Begins to fill the recording; returns at once. */
  void start();

  /** Ends that within a few seconds, and closes the recording. Idempotent. */
  @Override
  void close();
}
