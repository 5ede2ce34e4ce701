// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.emitter;

import dcos.metrics.Datapoint;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;

/** What this process knows of itself: put your own figures here. */
final class OwnMetrics {
  private final com.sun.management.OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

  /** All figures as of now. */
  List<Datapoint> measure() {
    long now = System.currentTimeMillis();
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long collections = 0;
    long collectionMillis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += Math.max(0, collector.getCollectionCount()); // -1 is not known.
      collectionMillis += Math.max(0, collector.getCollectionTime());
    }
    List<Datapoint> all = new ArrayList<>();
    all.add(new Datapoint("jvm.heap.used_bytes", now, (double) heap.getUsed()));
    all.add(new Datapoint("jvm.heap.committed_bytes", now, (double) heap.getCommitted()));
    all.add(
        new Datapoint(
            "jvm.threads", now, (double) ManagementFactory.getThreadMXBean().getThreadCount()));
    all.add(new Datapoint("jvm.gc.collections", now, (double) collections));
    all.add(new Datapoint("jvm.gc.time_secs", now, collectionMillis / 1e3));
    all.add(new Datapoint("jvm.cpu.time_secs", now, system.getProcessCpuTime() / 1e9));
    all.add(new Datapoint("jvm.cpu.load", now, system.getProcessCpuLoad()));
    all.add(new Datapoint("clock.epoch_secs", now, now / 1e3));
    return all;
  }
}
