// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.timeline;

import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.RecordRates;

/** Shows the rate and the errors over a whole recording. FX thread only. */
public final class TimelinePresenter {
  private final TimelineModel model;

  public TimelinePresenter(TimelineModel model) {
    this.model = model;
  }

  /** Removes the limits and marks of the recording that showed before. */
  public void reset() {
    model.reset();
  }

  public void showNothing() {
    model.reset();
    model.ratesProperty().set(TimelineModel.TimelineRates.none());
  }

  /** Shows the rates of a recording. */
  public void refresh(Recording recording) {
    RecordRates rates = recording.rates();
    double seconds = rates.partMs() / 1000.0;
    double[] perSecond = new double[rates.records().length];
    int[] errors = new int[perSecond.length];
    for (int i = 0; i < perSecond.length; i++) {
      perSecond[i] = rates.records()[i] / seconds;
      errors[i] = (int) Math.min(Integer.MAX_VALUE, rates.errors()[i]);
    }
    model
        .ratesProperty()
        .set(
            new TimelineModel.TimelineRates(
                rates.fromMs(),
                rates.fromMs() + rates.partMs() * perSecond.length,
                perSecond,
                errors));
  }
}
