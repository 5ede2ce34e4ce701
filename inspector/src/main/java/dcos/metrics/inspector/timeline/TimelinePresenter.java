// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.Rates;
import dcos.metrics.inspector.viewmodel.TimeStrip;

/** Shows the rate and the errors over a whole recording. FX thread only. */
final class TimelinePresenter {
  private final TimeStrip model;

  TimelinePresenter(TimeStrip model) {
    this.model = model;
  }

  /** Removes the limits and marks of the recording that showed before. */
  void reset() {
    model.reset();
  }

  void showNothing() {
    model.reset();
    model.ratesProperty().set(TimeStrip.Rates.none());
  }

  /** Shows the rates of a recording. */
  void refresh(Recording recording) {
    Rates rates = recording.rates();
    double seconds = rates.partMs() / 1000.0;
    double[] perSecond = new double[rates.records().length];
    int[] errors = new int[perSecond.length];
    for (int i = 0; i < perSecond.length; i++) {
      perSecond[i] = rates.records()[i] / seconds;
      errors[i] = (int) Math.min(Integer.MAX_VALUE, rates.troubles()[i]);
    }
    model
        .ratesProperty()
        .set(
            new TimeStrip.Rates(
                rates.fromMs(),
                rates.fromMs() + rates.partMs() * perSecond.length,
                perSecond,
                errors));
  }
}
