// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.start;

import java.nio.file.Path;
import java.util.List;

/** What the start page can ask for. Called on the FX thread, and returns at once. */
public interface StartActions {
  /** Opens files as one recording, in the place of the one that is open. */
  void open(List<Path> files);

  /** Opens the recording that ships with the program. */
  void openSample();

  /**
   * Sends records from this program to its own capture, which is started for that.
   *
   * @param recordsPerSecond 0 stops sending
   */
  void emit(double recordsPerSecond);
}
