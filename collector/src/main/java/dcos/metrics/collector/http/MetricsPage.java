// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import dcos.metrics.collector.figures.Figures;
import dcos.metrics.collector.figures.PrometheusText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** {@code /metrics}: the figures, for Prometheus. */
final class MetricsPage implements Page {
  private final Supplier<Figures> source;
  private final PrometheusText text = new PrometheusText();

  MetricsPage(Supplier<Figures> source) {
    this.source = source;
  }

  /** Each holds the numbers of up to a thousand topics until it is sent. */
  @Override
  public int mostAtOnce() {
    return 2;
  }

  @Override
  public Answer answer(String authorization) {
    Figures figures = source.get();
    return new Answer() {
      @Override
      public String contentType() {
        return PrometheusText.CONTENT_TYPE;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        text.write(figures, out);
      }
    };
  }
}
