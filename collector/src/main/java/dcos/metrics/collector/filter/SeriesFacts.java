// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.Tag;
import java.util.List;

/** A series, with its last point, as filters ask for it. */
public interface SeriesFacts {
  /** The Kafka topic. */
  String topic();

  List<Tag> tags();

  /** Of the datapoints. */
  String name();

  /** The value of the last point. */
  double last();

  /** The time of the last point, since the epoch. */
  long lastTimeMs();
}
