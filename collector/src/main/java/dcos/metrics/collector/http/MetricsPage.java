// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import dcos.metrics.collector.selfmetrics.PrometheusFormat;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** {@code /metrics}: the figures, for Prometheus. */
final class MetricsPage implements Page {
  private final Supplier<SelfMetricSnapshot> source;
  private final PrometheusFormat text = new PrometheusFormat();
  private final Object rendering = new Object();

  MetricsPage(Supplier<SelfMetricSnapshot> source) {
    this.source = source;
  }

  /** Each holds the text of up to a thousand topics until it is sent. */
  @Override
  public int mostAtOnce() {
    return 2;
  }

  @Override
  public PageAnswer answer(String authorization) {
    var body = new MetricsText();
    // One at a time: the library needs more memory than the text.
    synchronized (rendering) {
      try {
        text.write(source.get(), body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return body;
  }

  /** Rendered once for all clients that share it: for each, the library would copy all figures. */
  private static final class MetricsText extends OutputStream implements PageAnswer {
    private static final int PART_BYTES = 32 * 1024;

    // Not one array, which would be copied as it grows.
    private final List<byte[]> parts = new ArrayList<>();
    private int lastLength = PART_BYTES;

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      Objects.checkFromIndexSize(offset, count, bytes.length);
      int from = offset;
      while (from < offset + count) {
        if (lastLength == PART_BYTES) {
          parts.add(new byte[PART_BYTES]);
          lastLength = 0;
        }
        int some = Math.min(offset + count - from, PART_BYTES - lastLength);
        System.arraycopy(bytes, from, parts.getLast(), lastLength, some);
        lastLength += some;
        from += some;
      }
    }

    @Override
    public String contentType() {
      return PrometheusFormat.CONTENT_TYPE;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      int last = parts.size() - 1;
      for (int i = 0; i <= last; i++) {
        out.write(parts.get(i), 0, i == last ? lastLength : PART_BYTES);
      }
    }
  }
}
