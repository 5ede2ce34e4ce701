// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import dcos.metrics.inspector.model.Recording;

/**
 * A recording, and whoever fills it. Started once, closed once; thread-safe. What goes wrong is
 * told to the {@link Listener} that it was made with.
 */
public sealed interface Session extends AutoCloseable
    permits LiveSession, AttachedSession, FileSession {
  /** Told on any thread. */
  interface Listener {
    /**
     * Something went wrong, or ended.
     *
     * @param text one line
     */
    void failed(String text);

    /**
     * It could not begin.
     *
     * @param text one line
     * @param portTaken whether that is because something else listens there
     */
    void notStarted(String text, boolean portTaken);

    /** It takes records now. */
    void listening();
  }

  Recording recording();

  /** Such as {@code live 127.0.0.1:8124}. */
  String title();

  /** Begins to fill the recording; returns at once. */
  void start();

  /** Ends that, bounded, and lets go of the recording. Idempotent. */
  @Override
  void close();
}
