// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Markers of lines that the log bounds in another way than most. */
public final class LogMarkers {
  /** Each line names another thing, and its code bounds how many: 20 of the kind are shown. */
  public static final Marker UP_TO_20 = MarkerFactory.getMarker("up-to-20");

  private LogMarkers() {}
}
