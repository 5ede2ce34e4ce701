// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What became of asking the agent, at one instant. Counts are of the whole run.
 *
 * @param polls rounds of queries that were begun
 * @param queries requests made, or test files read
 * @param failures queries that were not answered, or not in full
 * @param records handed on
 * @param datapoints in those records
 * @param leftOutValues values that are no number, or for which a record had no room
 * @param leftOutContainers containers that became no record, by reason
 * @param lastAnswers when each path was last answered in full
 * @param lastErrors why each path is not answered at the moment; one that is answered is missing
 * @param nextPoll when the next poll is due; empty before the first, during one and after the end
 */
public record PollStatistics(
    long polls,
    long queries,
    long failures,
    long records,
    long datapoints,
    long leftOutValues,
    Map<SkipReason, Long> leftOutContainers,
    Map<String, Instant> lastAnswers,
    Map<String, String> lastErrors,
    Optional<Instant> nextPoll) {
  public PollStatistics {
    leftOutContainers = Map.copyOf(leftOutContainers);
    lastAnswers = Map.copyOf(lastAnswers);
    lastErrors = Map.copyOf(lastErrors);
  }
}
