// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.delivery.Delivery;
import dcos.metrics.collector.delivery.Settlement;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.outcome.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Remembers what became of each message. Thread-safe. */
final class Settled implements Delivery.Settlements {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  record Settlement(Message message, Outcome outcome) {}

  // Guarded by this.
  private final List<Settlement> all = new ArrayList<>();

  @Override
  public synchronized void settled(Message message, Outcome outcome) {
    all.add(new Settlement(message, outcome));
    notifyAll();
  }

  synchronized List<Settlement> all() {
    return List.copyOf(all);
  }

  List<Outcome> outcomes(String topic) {
    return all().stream()
        .filter(settlement -> settlement.message().topic().equals(topic))
        .map(Settlement::outcome)
        .toList();
  }

  /** Waits until so many are settled, and looks that they are not more. */
  List<Settlement> await(int count) throws InterruptedException {
    List<Settlement> found = await(list -> list.size() >= count);
    assertThat(found).hasSize(count);
    return found;
  }

  synchronized List<Settlement> await(Predicate<List<Settlement>> enough)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.test(all) && System.nanoTime() < end) {
      wait(100);
    }
    assertThat(enough.test(all)).as("settled in time: %s", all).isTrue();
    return List.copyOf(all);
  }
}
