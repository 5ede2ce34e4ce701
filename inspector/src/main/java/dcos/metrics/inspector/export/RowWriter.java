// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.TracedRecord;
import java.io.Closeable;
import java.io.IOException;

/** A file that rows are written to, one behind the other. Not thread-safe. */
interface RowWriter extends Closeable {
  void write(Series series) throws IOException;

  void write(TracedRecord record) throws IOException;

  void write(CapturedDelivery delivery) throws IOException;
}
