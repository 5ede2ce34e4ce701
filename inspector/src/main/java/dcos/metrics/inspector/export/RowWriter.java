// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.TracedRecord;
import dcos.metrics.inspector.model.series.Series;
import java.io.Closeable;
import java.io.IOException;

/** A file that rows are written to, one behind the other. Not thread-safe. */
interface RowFile extends Closeable {
  void write(Series series) throws IOException;

  void write(TracedRecord record) throws IOException;

  void write(CapturedDelivery delivery) throws IOException;
}
