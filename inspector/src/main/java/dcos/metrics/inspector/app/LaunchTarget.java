// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import java.nio.file.Path;
import java.util.List;

/** What the window is to begin with. */
public sealed interface Opening {
  /** Nothing was asked for: the start page. */
  record StartPage() implements Opening {}

  /**
   * Recordings, or other files of records.
   *
   * @param files at least one; whether they can be read is found out in the window
   */
  record Files(List<Path> files) implements Opening {
    public Files {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("files must be one or more");
      }
    }
  }

  /** A running collector's events, from its HTTP endpoint. */
  record Attach(Endpoint collector) implements Opening {}

  /** A live run; the settings of these values were checked. */
  record Live(OptionValues values) implements Opening {}
}
