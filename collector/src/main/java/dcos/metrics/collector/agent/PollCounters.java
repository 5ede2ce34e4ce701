// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts for {@link PollStatistics}. Thread-safe: the poll thread writes, any thread looks. */
final class PollCounters {
  // All guarded by this.
  private long polls;
  private long queries;
  private long failures;
  private long records;
  private long datapoints;
  private long leftOutValues;
  private final Map<SkipReason, Long> leftOutContainers = new EnumMap<>(SkipReason.class);
  private final Map<String, Instant> lastAnswers = new TreeMap<>();
  private final Map<String, String> lastErrors = new TreeMap<>();
  private Optional<Instant> nextPoll = Optional.empty();

  synchronized void pollBegins() {
    polls++;
    nextPoll = Optional.empty();
  }

  synchronized void nextPollAt(Instant time) {
    nextPoll = Optional.of(time);
  }

  synchronized void ended() {
    nextPoll = Optional.empty();
  }

  synchronized void asked() {
    queries++;
  }

  synchronized void answered(AgentEndpoint endpoint, Instant time) {
    lastAnswers.put(endpoint.path(), time);
    lastErrors.remove(endpoint.path());
  }

  synchronized void failed(AgentEndpoint endpoint, String cause) {
    failures++;
    lastErrors.put(endpoint.path(), cause);
  }

  synchronized void handedOn(int takenRecords, int takenDatapoints) {
    records += takenRecords;
    datapoints += takenDatapoints;
  }

  synchronized void leftOutValues(long values) {
    leftOutValues += values;
  }

  /** Counts a container and says how many there were for this reason. */
  synchronized long leftOut(SkipReason reason) {
    return leftOutContainers.merge(reason, 1L, Long::sum);
  }

  synchronized PollStatistics selfMetrics() {
    return new PollStatistics(
        polls,
        queries,
        failures,
        records,
        datapoints,
        leftOutValues,
        leftOutContainers,
        lastAnswers,
        lastErrors,
        nextPoll);
  }
}
