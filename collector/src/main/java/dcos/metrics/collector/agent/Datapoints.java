// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.codec.record.RecordEncoder.Gauge;
import java.util.ArrayList;
import java.util.List;

/** The datapoints of one record, as many as a record may have. Not thread-safe. */
final class Datapoints {
  /** About the largest encoding of a record, in bytes; its heap is a few times that. */
  static final int MAX_SIZE = 256 * 1024;

  /** A datapoint's size but for its name. */
  private static final int OVERHEAD = 32;

  private List<Gauge> gauges = new ArrayList<>();
  private int size;

  /** Returns false, and adds nothing, where there is no room. */
  boolean add(String name, double value) {
    int added = name.length() + OVERHEAD;
    if (size + added > MAX_SIZE) {
      return false;
    }
    size += added;
    gauges.add(new Gauge(name, value));
    return true;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return gauges.isEmpty();
  }

  /** Takes them all out. */
  List<Gauge> take() {
    List<Gauge> taken = gauges;
    gauges = new ArrayList<>();
    size = 0;
    return taken;
  }
}
