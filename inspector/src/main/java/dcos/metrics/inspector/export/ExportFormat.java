// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.inspector.workspace.View;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a file's name says of what is to be in it. */
enum ExportFormat {
  CSV {
    @Override
    RowWriter open(OutputStream out, View view) throws IOException {
      return new CsvWriter(out, view);
    }
  },
  JSON_LINES {
    @Override
    RowWriter open(OutputStream out, View view) throws IOException {
      return new JsonLinesWriter(out);
    }
  };

  /** By how the name ends; empty where it does not say. */
  static Optional<ExportFormat> of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return Optional.of(CSV);
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")
        ? Optional.of(JSON_LINES)
        : Optional.empty();
  }

  /** Begins a file; closing that closes the stream. */
  abstract RowWriter open(OutputStream out, View view) throws IOException;
}
