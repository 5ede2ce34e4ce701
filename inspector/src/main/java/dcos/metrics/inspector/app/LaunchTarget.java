// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import java.nio.file.Path;
import java.util.List;

/** What the window is to begin with. */
public sealed interface LaunchTarget {
  /** Nothing was asked for: the start page. */
  record ShowStartPage() implements LaunchTarget {}

  /**
   * Recordings, or other files of records.
   *
   * @param files at least one; whether they can be read is found out in the window
   */
  record OpenFiles(List<Path> files) implements LaunchTarget {
    public OpenFiles {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("files must be one or more");
      }
    }
  }

  /** A running collector's events, from its HTTP endpoint. */
  record AttachToCollector(Endpoint collector) implements LaunchTarget {}

  /** A live run; the settings of these values were checked. */
  record StartCapture(OptionValues values) implements LaunchTarget {}
}
