// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.io.IOException;
import java.time.Duration;

/**
 * The collector's memory at one instant of a soak.
 *
 * @param at since the begin of the load
 * @param memory the resident memory by use
 */
record SoakSample(Duration at, Usage usage, MemoryMap memory, int descriptors, int threads) {
  static SoakSample of(CollectorProgram collector, Duration at) throws IOException {
    return new SoakSample(
        at, collector.usage(), collector.memory(), collector.descriptors(), collector.threads());
  }
}
